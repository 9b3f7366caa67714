import { Timestamp } from 'firebase-admin/firestore';
import { createArchive } from '../../archive/archive.ts';
import { createSettle } from '../../archive/settle.ts';
import { at, CALL_ID, CALL_SID, STARTED } from '../../calls/events.fixture.ts';
import { conversationId } from '../../calls/ids.ts';
import type { CallEvent, CallStarted, Message } from '../../calls/model.ts';
import { conferenceOver, type Rung } from '../../conference/rung.fixture.ts';
import { holdingOver } from '../../holding/holding.fixture.ts';
import type { Texts } from '../../holding/messages.ts';
import type { Pager } from '../../holding/page-next.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { createMirror } from '../../mirror/apply.ts';
import type { Pager as RoomPager } from '../../paging/pager.ts';
import { live, stored } from '../../paths.ts';
import type { TwilioCalls } from '../../twilio/calls.ts';
import type { Answer } from '../api.fixture.ts';
import { type OfficeParts, useOffice } from '../office.fixture.ts';
import { callsApi } from './calls-api.ts';

export const ZONE = 'Asia/Kolkata';
export const GOODBYE = '<Response><Say>Goodbye</Say><Hangup/></Response>';
export const CALL_PATH = `/api/call/${CALL_ID}`;

/** A telephone call of the company `steel`, from a worker who is known. */
export const CALLED: CallStarted = { ...STARTED, company_id: 'steel', worker_id: 'worker_1' };
export const TEXTED: CallStarted = { ...CALLED, medium: 'Text', call_sid: undefined };

const NO_PAGER: Pick<RoomPager, 'raise'> = { raise: async () => 'opened' };

export interface DeskOptions {
  /** What the routes see of the Realtime Database; the gate sees it as it is. */
  database?: (database: LiveDatabase) => LiveDatabase;
  twilio?: Partial<Pick<TwilioCalls, 'state' | 'redirect'>>;
  texts?: Texts;
  pager?: Pager & Pick<RoomPager, 'raise'>;
  rung?: Rung;
  transcription?: boolean;
}

/** The routes of calls in an office; `options` may be changed by each test before it opens one. */
export function useCalls(options: DeskOptions = {}) {
  const openOffice = useOffice((parts) => {
    const { settle, mirror, archive } = storesOf(parts, options);
    const database = options.database?.(parts.database) ?? parts.database;
    const twilio = {
      redirect: async () => true,
      state: async () => undefined,
      ...options.twilio,
    };
    const holding = holdingOver({ ...parts, ...options, database, twilio, apply: mirror.apply });
    const conference = conferenceOver({
      ...parts,
      ...options,
      database,
      holding,
      apply: mirror.apply,
    });
    return callsApi({
      ...parts,
      database,
      firestore: async () => parts.firestore,
      archive: async () => archive,
      settle: async () => settle,
      apply: mirror.apply,
      twilio: () => twilio,
      holding: async () => holding,
      messages: async () => holding.messages,
      conference: async () => conference,
      pager: async () => options.pager ?? NO_PAGER,
      goodbye: GOODBYE,
      timeZone: ZONE,
    });
  });

  return async function open() {
    const office = await openOffice();
    const stores = storesOf(office);
    return {
      ...office,
      ...stores,
      put: (who: { token: string }, path: string, body: unknown): Promise<Answer> =>
        office.ask('PUT', path, who.token, { body }),
      /** Live, then archived. */
      async archiveCall(events: readonly CallEvent[]): Promise<void> {
        await stores.mirror.apply(events);
        await stores.settle.settle(CALL_ID);
      },
      liveCall: async () => (await office.database.read(live.call(CALL_ID))).value,
    };
  };
}

function storesOf({ firestore, database, now }: OfficeParts, { database: wrap }: DeskOptions = {}) {
  const archive = createArchive(firestore, ZONE);
  const wrapped = wrap?.(database) ?? database;
  const settle = createSettle({ database: wrapped, archive, now, timeZone: ZONE });
  const mirror = createMirror({ database: wrapped, archive: settle, now });
  return { archive, settle, mirror };
}

/** An id of `steel`'s or anybody's call, other for each number. */
export function callNumber(n: number): string {
  return CALL_ID.replace(/[0-9a-f]{6}$/, n.toString(16).padStart(6, '0'));
}

/** A document of `calls/` as it is stored. */
export function storedCall(id: string, fields: Record<string, unknown> = {}) {
  return {
    worker_id: 'worker_1',
    mobile_no: '+15550100001',
    conversation_id: conversationId(id),
    urgency: 'NORMAL',
    status: 'COMPLETE',
    medium: 'Voice',
    duration_seconds: 60,
    timestamp: Timestamp.fromDate(new Date(at(70))),
    resolved_at: Timestamp.fromDate(new Date(at(70))),
    final_action: null,
    admin_id: null,
    admin_notes: null,
    company_id: 'steel',
    site_id: null,
    call_sid: CALL_SID,
    started_at: Timestamp.fromDate(new Date(at(0))),
    ended_at: Timestamp.fromDate(new Date(at(60))),
    end_reason: 'completed',
    continues: null,
    urgency_by: { kind: 'aurora', turn: 0, at: at(0) },
    last_message_at: at(50),
    search: ['fire'],
    ...fields,
  };
}

/** Writes calls into the archive as they are, each with a conversation of one message. */
export async function importCalls(
  { firestore }: Pick<OfficeParts, 'firestore'>,
  calls: Record<string, Record<string, unknown>>,
): Promise<void> {
  for (const [id, fields] of Object.entries(calls)) {
    await firestore.doc(stored.call(id)).set(storedCall(id, fields));
    const message: Message = {
      id: 'm000001-abcdef0123-0',
      role: 'user',
      content: 'fire',
      timestamp: at(1),
      sources: '',
    };
    await firestore.doc(stored.conversation(conversationId(id))).set({
      call_id: id,
      messages: [message],
      archived_at: Timestamp.fromDate(new Date(at(70))),
      total_messages: 1,
    });
  }
}
