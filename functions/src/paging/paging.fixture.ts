import { randomUUID } from 'node:crypto';
import { Company } from '../access/companies.ts';
import { at, CALL_ID, CALL_SID, STARTED } from '../calls/events.fixture.ts';
import { readCall } from '../calls/live.ts';
import type { CallEvent, CallStarted } from '../calls/model.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log, LogFields } from '../log.ts';
import { createMirror } from '../mirror/apply.ts';
import { live } from '../paths.ts';
import { readLink } from '../webhooks/link.ts';
import { createPageAddresses } from './addresses.ts';
import { createAnswers } from './answers.ts';
import { createEmergency } from './emergency.ts';
import { createPagedPeople } from './paged-people.ts';
import { createPager } from './pager.ts';
import type { PeopleOnCall, Person } from './people.ts';
import type { Outbound, Queue, Sent } from './ports.ts';
import { createSendPages } from './send.ts';
import { createSmsAnswers } from './sms-answers.ts';
import { createChainStore } from './store.ts';
import { createTellOthers } from './tell-others.ts';
import { createTimeline } from './timeline.ts';
import { createTold } from './told.ts';

/** The pager over a real Realtime Database; what it rings and texts is written down. */

export const BASE = 'https://aurora.example';
export const COMPANY_NUMBER = '+15550100002';

export const ASHA: Person = { id: 'asha', name: 'Asha Verma', phone: '+15550100010' };
export const RAVI: Person = { id: 'ravi', name: 'Ravi Kumar', phone: '+15550100011' };

export interface Rung {
  kind: 'call' | 'text';
  to: string;
  body?: string;
  url?: string;
  statusCallback?: string;
}

interface Options {
  people?: Person[];
  reaching?: object;
  /** Whether a number can be reached. */
  refuse?: (to: string, kind: Rung['kind']) => Extract<Sent, { refused: string }> | undefined;
  incidentOf?: (callId: string) => Promise<string | undefined>;
  /** Brings events to the call, instead of the mirror. */
  record?: (events: readonly CallEvent[]) => Promise<void>;
  /** Default: one whose lines can be read back. */
  log?: Log;
  /** Wraps the database, to fail at will. */
  wrap?: (database: LiveDatabase) => LiveDatabase;
}

export function usePaging() {
  const realtimeDatabase = useRealtimeDatabase();

  return function setUp(options: Options = {}) {
    const { people = [ASHA, RAVI], reaching = {} } = options;
    const database = realtimeDatabase.emptyDatabase();
    const seen = options.wrap?.(database) ?? database;
    const clock = { now: Date.parse(at(10)) };
    const now = () => clock.now;
    const rung: Rung[] = [];
    const hungUp: string[] = [];
    const redirected: { sid: string; twiml: string }[] = [];
    const queued: { task: unknown; at: number | undefined }[] = [];
    const lines: { message: string; fields: LogFields | undefined }[] = [];
    const line = (message: string, fields?: LogFields) => void lines.push({ message, fields });
    const log: Log = options.log ?? { info: line, warn: line, error: line, alert: line };
    const archive = { merge: async () => {}, past: async () => undefined };
    const mirror = createMirror({ database, archive, now });
    const company = Company.parse({ time_zone: 'Asia/Kolkata', reaching });

    const sent = (of: Rung): Promise<Sent> => {
      const refused = options.refuse?.(of.to, of.kind);
      if (refused) return Promise.resolve(refused);
      rung.push(of);
      const sid = `${of.kind === 'call' ? 'CA' : 'SM'}${randomUUID().replaceAll('-', '')}`;
      return Promise.resolve({ sid });
    };
    const outbound: Outbound = {
      call: ({ to, url, statusCallback }) => sent({ kind: 'call', to, url, statusCallback }),
      text: ({ to, body, statusCallback }) =>
        sent({ kind: 'text', to, body, ...(statusCallback && { statusCallback }) }),
    };
    const onCall: PeopleOnCall = {
      of: async (_, targets) =>
        people.filter(({ id }) =>
          targets.some((target) => ['everyone', 'rota', id].includes(target)),
        ),
      find: async (_, id) => people.find((person) => person.id === id),
      reaches: () => people.length > 0,
    };
    const liveCall = async (callId: string) => {
      const { value } = await seen.read(live.call(callId));
      return value === null ? undefined : readCall(value);
    };
    const calls = {
      live: liveCall,
      isArchived: async (callId: string) =>
        (await seen.read(live.tombstone(callId))).value !== null,
      record: options.record ?? mirror.apply,
      incidentOf: options.incidentOf ?? (async () => undefined),
      linkOf: (call: { line?: { link: string } | undefined }) =>
        call.line && readLink(new URLSearchParams(call.line.link)),
    };
    const numbers = {
      ofCompany: async () => COMPANY_NUMBER,
      companyOf: async (number: string) => (number === COMPANY_NUMBER ? 'demo' : undefined),
    };
    const twilioLines = {
      redirect: async (sid: string, twiml: string) => redirected.push({ sid, twiml }) > 0,
      hangUp: async (sid: string) => void hungUp.push(sid),
    };
    const queue: Queue = { enqueue: async (task, due) => void queued.push({ task, at: due }) };
    const addresses = createPageAddresses(BASE);
    const store = createChainStore(seen);
    const timeline = createTimeline({ record: calls.record, now, log });
    const told = createTold({
      workerName: async (_, id) => (id === 'worker_1' ? 'Meena Iyer' : undefined),
    });
    const tellOthers = createTellOthers({ people: onCall, outbound, numbers, calls, log });
    const paged = createPagedPeople({ database: seen, now });
    const pace = async () => {};
    const sendPages = createSendPages({
      store,
      paged,
      outbound,
      numbers,
      addresses,
      timeline,
      pace,
      now,
      log,
    });
    const emergency = createEmergency({
      calls,
      lines: () => twilioLines,
      outbound,
      numbers,
      timeline,
      addresses,
      publicBaseUrl: BASE,
      emergencyNumberOf: async () => '112',
      now,
      log,
    });
    const pager = createPager({
      store,
      companies: { of: async () => company },
      people: onCall,
      calls,
      sendPages,
      tellOthers,
      emergency,
      timeline,
      queue,
      told,
      randomId: randomUUID,
      now,
      log,
    });
    const answers = createAnswers({
      store,
      people: onCall,
      pager,
      tellOthers,
      timeline,
      lines: () => twilioLines,
      now,
      log,
    });
    const answerBySms = createSmsAnswers({
      paged,
      store,
      answers,
      numbers,
      calls,
      told,
      dashboard: BASE,
      now,
    });

    return {
      database,
      store,
      pager,
      answers,
      answerBySms,
      calls,
      told,
      timeline,
      addresses,
      queue,
      log,
      rung,
      hungUp,
      redirected,
      queued,
      lines,
      now,
      apply: (events: readonly CallEvent[]) => mirror.apply(events),
      start: (started: CallStarted = WITH_NUMBER) => mirror.apply([started]),
      pass: (seconds: number) => {
        clock.now += seconds * 1_000;
      },
      /** The steps on a call's timeline, the oldest first. */
      async steps(callId = CALL_ID): Promise<TimelineEntry[]> {
        const { value } = await database.read(live.call(callId));
        const entries = Object.values(value === null ? {} : (readCall(value).timeline ?? {}));
        return entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
      },
    };
  };
}

export const WITH_NUMBER: CallStarted = { ...STARTED, dialled_no: COMPANY_NUMBER };
export { CALL_ID, CALL_SID };

/** Another call of the same site, a moment later. */
export const OTHER_ID = CALL_ID.replace('0100001_', '0100009_').replace('abcdef', 'fedcba');
export const OTHER_STARTED: CallStarted = {
  ...WITH_NUMBER,
  call_id: OTHER_ID,
  conversation_id: OTHER_ID.replace('call_', 'conv_'),
  mobile_no: '+15550100009',
  call_sid: `CA${'0'.repeat(26)}fedcba`,
  at: at(5),
};
