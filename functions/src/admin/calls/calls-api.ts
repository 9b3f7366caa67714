import { randomUUID } from 'node:crypto';
import type { Firestore } from 'firebase-admin/firestore';
import type { Companies } from '../../access/companies.ts';
import type { Viewers } from '../../access/viewers.ts';
import type { Archive } from '../../archive/archive.ts';
import { createRemove } from '../../archive/remove.ts';
import type { Settle } from '../../archive/settle.ts';
import { conversationId, turnOfMessage } from '../../calls/ids.ts';
import { readCall, readConversation } from '../../calls/live.ts';
import type { CallEvent } from '../../calls/model.ts';

import type { LiveDatabase } from '../../live-database.ts';
import type { Log } from '../../log.ts';
import { live } from '../../paths.ts';
import type { TwilioCalls } from '../../twilio/calls.ts';
import type { Audit } from '../audit.ts';
import { available } from '../available.ts';
import { createCallReaders } from '../call-readers.ts';
import { callRoutes } from '../call-routes.ts';
import { exportRoutes } from '../exports/export-routes.ts';
import type { Route } from '../route.ts';
import { actionRoutes } from './action-routes.ts';
import { createActiveCalls } from './active-calls.ts';
import { createColleagues } from './colleagues.ts';
import { createEditLease } from './edit-lease.ts';
import { endRoutes } from './end-routes.ts';
import { createHistory } from './history.ts';
import { holdRoutes } from './hold-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { type JoinRoutesOptions, joinRoutes } from './join-routes.ts';
import { createLegalHolds } from './legal-holds.ts';
import { callListRoutes } from './list-routes.ts';
import { createCallDesk } from './one-call.ts';
import { type PageRoutesOptions, pageRoutes } from './page-routes.ts';
import { createPhones } from './phones.ts';
import { createRecordEvents } from './record-events.ts';
import { type TakeoverRoutesOptions, takeoverRoutes } from './takeover-routes.ts';
import { createWorkerCalls } from './worker-calls.ts';
import { workerDataRoutes } from './worker-data-routes.ts';
import { createWorkerErasure } from './worker-erasure.ts';
import { createWorkerExport } from './worker-export.ts';

export interface CallsApiOptions {
  database: LiveDatabase;
  firestore: () => Promise<Firestore>;
  archive: () => Promise<Pick<Archive, 'call' | 'conversation'>>;
  settle: () => Promise<Pick<Settle, 'merge' | 'drop' | 'keep'>>;
  /** The mirror's. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  viewers: Viewers;
  companies: Companies;
  audit: Audit;
  twilio: () => Pick<TwilioCalls, 'state' | 'redirect'>;
  /** TwiML that says goodbye and hangs up. */
  goodbye: string;
  holding: TakeoverRoutesOptions['holding'];
  messages: TakeoverRoutesOptions['messages'];
  conference: JoinRoutesOptions['conference'];
  pager: PageRoutesOptions['pager'];
  /** In which archived times are shown. */
  timeZone: string;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** All routes of calls, joined. */
export function callsApi(options: CallsApiOptions): Route[] {
  const { database, firestore, archive, settle, viewers, audit, timeZone, now, log } = options;

  const readers = createCallReaders({
    live: (callId) => readLive(live.call(callId), readCall),
    liveConversation: (id) => readLive(live.conversation(id), readConversation),
    archived: async (callId) => (await archive()).call(callId),
    archivedConversation: async (id) => (await archive()).conversation(id),
  });
  const holds = createLegalHolds({ firestore, audit });
  const desk = createCallDesk({ readers, viewers, holds });
  const events = createRecordEvents({
    audit,
    apply: options.apply,
    merge: async (callId, late) => (await settle()).merge(callId, late),
  });
  const history = createHistory({ firestore, timeZone, log });
  const workerCalls = createWorkerCalls({ database, firestore });

  async function readLive<T>(path: string, read: (value: unknown) => T): Promise<T | undefined> {
    const { value } = await database.read(path);
    return value === null ? undefined : read(value);
  }

  async function lastTurn(callId: string): Promise<number> {
    const id = conversationId(callId);
    const liveWords = await available(readLive(live.conversation(id), readConversation));
    const pastWords = await available(archive().then((past) => past.conversation(id)));
    const ids = [
      ...Object.keys(liveWords?.messages ?? {}),
      ...(pastWords?.messages ?? []).map((message) => message.id),
    ];
    return ids.reduce((last, messageId) => Math.max(last, turnOfMessage(messageId)), 0);
  }

  return [
    ...callListRoutes({
      active: createActiveCalls({ database, log }),
      history,
      viewers,
      companies: options.companies,
    }),
    ...callRoutes({ desk, readers, viewers, audit }),
    ...exportRoutes({
      firestore,
      desk,
      readers,
      history,
      viewers,
      companies: options.companies,
      audit,
      now,
    }),
    ...incidentRoutes({ database, firestore, readers, viewers }),
    ...actionRoutes({
      desk,
      lease: createEditLease({ database, now, randomId: randomUUID }),
      record: events.record,
      lastTurn,
      now,
    }),
    ...endRoutes({ desk, events, twilio: options.twilio, goodbye: options.goodbye, now }),
    ...takeoverRoutes({
      desk,
      holding: options.holding,
      messages: options.messages,
      audit,
      viewers,
      liveCall: (callId) => readLive(live.call(callId), readCall),
      colleague: createColleagues(firestore),
      now,
    }),
    ...pageRoutes({ desk, pager: options.pager, audit }),
    ...joinRoutes({
      desk,
      record: events.record,
      conference: options.conference,
      phoneOf: createPhones(firestore),
    }),
    ...holdRoutes({ desk, holds, now }),
    ...workerDataRoutes({
      firestore,
      audit,
      calls: workerCalls,
      exportTo: createWorkerExport({
        desk,
        conversation: async (principal, id) =>
          readers.conversation(await available(viewers.of(principal)), id),
        calls: workerCalls,
      }),
      erase: createWorkerErasure({
        calls: workerCalls,
        settle,
        remove: async (callId) => createRemove(await firestore())(callId),
        firestore,
        audit,
        now,
      }),
      timeZone,
      now,
    }),
  ];
}
