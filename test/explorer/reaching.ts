import { Company } from '../../functions/src/access/companies.ts';
import { shortHash } from '../../functions/src/calls/ids.ts';
import { readCall } from '../../functions/src/calls/live.ts';
import type { Call, CallEvent } from '../../functions/src/calls/model.ts';
import { createLines } from '../../functions/src/holding/lines.ts';
import { createPageNext } from '../../functions/src/holding/page-next.ts';
import type { LiveDatabase } from '../../functions/src/live-database.ts';
import { createPageAddresses } from '../../functions/src/paging/addresses.ts';
import { createEmergency } from '../../functions/src/paging/emergency.ts';
import { createPagedPeople } from '../../functions/src/paging/paged-people.ts';
import type { PeopleOnCall, Person } from '../../functions/src/paging/people.ts';
import type { Outbound, Queue } from '../../functions/src/paging/ports.ts';
import { createTellOthers } from '../../functions/src/paging/tell-others.ts';
import { createTimeline } from '../../functions/src/paging/timeline.ts';
import { createTold } from '../../functions/src/paging/told.ts';
import { live } from '../../functions/src/paths.ts';
import type { TwilioCalls } from '../../functions/src/twilio/calls.ts';
import { readLink } from '../../functions/src/webhooks/link.ts';
import { within } from '../../functions/src/within.ts';
import { BASE_URL, type Backend, EMERGENCY, type Parts, silentLog, ZONE } from './parts.ts';
import type { Host } from './scheduler.ts';

/** People who can be fetched; the first two may take calls over as well. */
export const PEOPLE: Person[] = [
  { id: 'admin_0', name: 'Asha', phone: '+15550100010' },
  { id: 'admin_1', name: 'Ravi', phone: '+15550100011' },
];

/** Milliseconds, as the composition root has it. */
const RECORD_BOUND = 3_000;

const NUMBER = '+15550100002';

/** Short waits, so that a chain meets everything else. */
const COMPANY = Company.parse({
  time_zone: ZONE,
  reaching: {
    steps: [
      { who: ['admin_0'], wait_seconds: 10 },
      { who: ['everyone'], wait_seconds: 10 },
    ],
    repeats: 1,
    accept_seconds: 15,
  },
});

export interface ReachingOptions {
  parts: Parts;
  host: Host;
  database: LiveDatabase;
  backend: Pick<Backend, 'readLive'>;
  /** The mirror's, as far as the ledger is told of it. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  twilio: Pick<TwilioCalls, 'redirect' | 'state'>;
  outbound: Outbound;
  queue: Queue;
  /** Hands events to a task of the mirror. */
  mirrorLater: (events: readonly CallEvent[]) => Promise<void>;
  now: () => number;
}

/** Takeover and paging of one process, joined as the composition root joins them. */
export function createReaching(options: ReachingOptions) {
  const { parts, host, database, backend, apply, twilio, outbound, queue, now } = options;
  let made = 0;
  const unique = () => `${host.name.replace(/\W/g, '-')}-${++made}`;
  const site = { emergencyNumber: EMERGENCY, languages: ['en-IN'] as [string] };

  const sendOn = parts.createSendOn({
    publicBaseUrl: BASE_URL,
    readState: backend.readLive,
    lines: createLines({ siteOf: async () => site, random: () => shortHash(unique(), 10) }),
    twilio: () => twilio,
    apply,
    now,
    log: silentLog,
  });
  const changeCall = parts.createChangeCall(database);
  const pageNext = createPageNext(async () => pager, silentLog);
  const holding = parts.createHolding({ changeCall, sendOn, pageNext, now });
  const messages = parts.createMessages({
    database,
    changeCall,
    sendOn,
    texts: async () => outbound as never,
    apply,
    now,
  });

  const liveCall = async (callId: string): Promise<Call | undefined> => {
    const { value } = await database.read(live.call(callId));
    return value === null ? undefined : readCall(value);
  };
  const record = async (events: readonly CallEvent[]) => {
    try {
      await within(RECORD_BOUND, apply(events));
    } catch {
      await options.mirrorLater(events);
    }
  };
  const calls = {
    live: liveCall,
    isArchived: async (callId: string) =>
      (await database.read(live.tombstone(callId))).value !== null,
    record,
    incidentOf: async () => undefined,
    linkOf: (call: Call) => call.line && readLink(new URLSearchParams(call.line.link)),
  };
  const people: PeopleOnCall = {
    of: async (_, targets) =>
      PEOPLE.filter(({ id }) => targets.some((target) => target === 'everyone' || target === id)),
    find: async (_, id) => PEOPLE.find((person) => person.id === id),
    reaches: () => true,
  };
  const numbers = { ofCompany: async () => NUMBER, companyOf: async () => 'demo' };
  const lines = () => ({ redirect: twilio.redirect, hangUp: async () => {} });
  const addresses = createPageAddresses(BASE_URL);
  const store = parts.createChainStore(database);
  const timeline = createTimeline({ record, now, log: silentLog });
  const told = createTold({ workerName: async () => undefined });
  const tellOthers = createTellOthers({ people, outbound, numbers, calls, log: silentLog });
  const pager = parts.createPager({
    store,
    companies: { of: async () => COMPANY },
    people,
    calls,
    sendPages: parts.createSendPages({
      store,
      paged: createPagedPeople({ database, now }),
      outbound,
      numbers,
      addresses,
      timeline,
      pace: async () => {},
      now,
      log: silentLog,
    }),
    tellOthers,
    emergency: createEmergency({
      calls,
      lines,
      outbound,
      numbers,
      timeline,
      addresses,
      publicBaseUrl: BASE_URL,
      emergencyNumberOf: async () => EMERGENCY,
      now,
      log: silentLog,
    }),
    timeline,
    queue,
    told,
    randomId: unique,
    now,
    log: silentLog,
  });

  return {
    holding,
    messages,
    pager,
    answers: parts.createAnswers({
      store,
      people,
      pager,
      tellOthers,
      timeline,
      lines,
      now,
      log: silentLog,
    }),
    page: parts.createPageTask({
      pager,
      queue,
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      now,
      log: silentLog,
    }),
    afterReply: parts.createAfterReply({
      pager: async () => pager,
      queue: async () => queue,
      now,
      log: silentLog,
    }),
    staleReplies: parts.createStaleReplies({ database, holding: async () => holding, now }),
    lookAfter: parts.createLookAfter({ database, holding, pageNext, now, log: silentLog }),
  };
}

export type Reaching = ReturnType<typeof createReaching>;
