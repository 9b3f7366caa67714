import type { Firestore } from '@google-cloud/firestore';
import type { Express } from 'express';
import { AdminRecord, type AdminRole } from '../../access/admin-record.ts';
import { createAdminStates, stateOf } from '../../access/admin-state.ts';
import type { ApiKey } from '../../access/api-keys.ts';
import { createCompanies } from '../../access/companies.ts';
import { createGate } from '../../access/gate.ts';
import { createTokens } from '../../access/tokens.ts';
import { createWorkerLookup } from '../../access/worker-lookup.ts';
import { createApi } from '../../admin/api.ts';
import { createAudit } from '../../admin/audit.ts';
import { available } from '../../admin/available.ts';
import { createLimits } from '../../admin/limits.ts';
import { useFirestore } from '../../archive/archive.fixture.ts';
import { createArchive } from '../../archive/archive.ts';
import { createSettle } from '../../archive/settle.ts';
import type { Assistant } from '../../assistant/assistant.ts';
import { createEmbeddedAssistant } from '../../assistant/dialogue/embedded.ts';
import { loadManuals } from '../../assistant/manual/manual.ts';
import { conversationId } from '../../calls/ids.ts';
import { readCall, readConversation } from '../../calls/live.ts';
import type { Call, CallEvent, Message } from '../../calls/model.ts';
import { inOrder } from '../../calls/reduce.ts';
import { isoInZone, zoneOf } from '../../calls/times.ts';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { useRealtimeDatabase } from '../../live-database.fixture.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { createMirror } from '../../mirror/apply.ts';
import { continuationOf } from '../../mirror/continuation.ts';
import { createOutbox } from '../../mirror/outbox.ts';
import { live, stored } from '../../paths.ts';
import { createOnce } from '../../turn/once.ts';
import { createTurns, type Turns } from '../../turn/turn.ts';
import { recordingLog } from '../../upkeep/upkeep.fixture.ts';
import { createCallers } from './callers.ts';
import { createClaims } from './claims.ts';
import { createOpenTexts } from './open-texts.ts';
import { createReportGate } from './report-gate.ts';
import { reportRoute } from './report-route.ts';
import { createTextTurns, type Report, type TextAnswer } from './text-turns.ts';

/** Text turns on both real database servers, on as many instances as a test asks for. */

export const ZONE = 'Asia/Kolkata';
export const START = Date.parse('2025-10-04T14:30:00+05:30');
export const MINUTE = 60_000;
export const QUIET_AFTER = 30 * MINUTE;
export const NUMBER = '+15550100001';
export const OTHERS_NUMBER = '+15550100006';
export const SECRET = 'the-secret-of-the-tests-with-forty-characters';
export const KEY = 'aurora_key';

export interface InstanceOptions {
  assistant?: Assistant;
  /** Between the instance and the database. */
  wrap?: (database: LiveDatabase) => LiveDatabase;
  /** Whether tasks wait until `deliver` runs them. */
  tasksWait?: boolean;
}

export function useTexts() {
  const realtimeDatabase = useRealtimeDatabase();
  const emptyFirestore = useFirestore();
  const embedded = createEmbeddedAssistant({ manuals: loadManuals() });

  return async function setUp() {
    const database = realtimeDatabase.emptyDatabase();
    const firestore = emptyFirestore();
    await furnish(firestore);
    const clock = { now: START };
    const now = () => clock.now;
    const archive = createArchive(firestore, ZONE);
    const settle = createSettle({ database, archive, now, timeZone: ZONE });
    const mirror = createMirror({ database, archive: settle, now });
    const { log, lines } = recordingLog();
    const tasks: CallEvent[][] = [];

    function instance({ assistant = embedded, wrap, tasksWait = false }: InstanceOptions = {}) {
      const own = wrap?.(database) ?? database;
      const journal = createMemoryJournal();
      const apply = createMirror({ database: own, archive: settle, now }).apply;
      const outbox = createOutbox({
        queue: {
          enqueue: async ({ events }) => {
            if (tasksWait) tasks.push(events);
            else await mirror.apply(events);
          },
        },
        journal,
        apply,
        directWrite: false,
        log,
      });
      const turns = createTurns({
        assistant,
        journal,
        outbox,
        readLive: async (callId) => ({
          ...((await liveCall(callId)) && { call: (await liveCall(callId)) as Call }),
          conversation: { call_id: callId, messages: await liveMessages(callId) },
        }),
        timestamp: (like) => isoInZone(now(), zoneOf(like)),
        log,
      });
      return { take: takeOn(own, turns), app: appOn(own, turns), turns, outbox, database: own };
    }

    function takeOn(own: LiveDatabase, turns: Turns) {
      return createTextTurns({
        turns,
        claims: createClaims(own),
        openTexts: createOpenTexts({ database: own, continuationOf, quietAfter: QUIET_AFTER, now }),
        findCaller: createCallers({
          findWorker: createWorkerLookup({ firestore: async () => firestore, log }),
          companies: createCompanies({ firestore: async () => firestore, now }),
          firestore: async () => firestore,
          emergencyNumber: '112',
        }),
        liveCall,
        once: createOnce<TextAnswer>(),
        available,
        defaultCountry: undefined,
        hashKey: undefined,
        now,
        log,
      });
    }

    const tokens = createTokens({ secrets: [SECRET], clock: { now } });
    const states = createAdminStates(database);
    const keys = new Map<string, ApiKey>([
      [KEY, { id: 'key_1', companyId: 'demo', scopes: ['report'] }],
      [`${KEY}_without_scope`, { id: 'key_2', companyId: 'demo', scopes: [] }],
    ]);

    function appOn(own: LiveDatabase, turns: Turns): Express {
      return createApi({
        routes: [reportRoute({ take: takeOn(own, turns), audit: createAudit({ firestore, log }) })],
        gate: createReportGate({
          gate: async () =>
            createGate({
              tokens,
              states,
              companies: createCompanies({ firestore: async () => firestore, now }),
              database: own,
              now,
            }),
          verify: async (secret) => keys.get(secret),
          available,
        }),
        limits: createLimits({ perAddress: 1_000, perToken: 20 }),
        corsOrigins: [],
        proxyHops: 0,
        log,
        clock: { now },
      });
    }

    async function tokenOf(id: string, role: AdminRole, company_id = 'demo'): Promise<string> {
      const admin = AdminRecord.parse({
        id,
        email: `${id}@plant.example`,
        name: id,
        company_id,
        role,
      });
      await states.ensure(id, stateOf(admin));
      return tokens.issue(admin).token;
    }

    async function liveCall(callId: string): Promise<Call | undefined> {
      const { value } = await database.read(live.call(callId));
      return value === null ? undefined : readCall(value);
    }

    async function liveMessages(callId: string) {
      const { value } = await database.read(live.conversation(conversationId(callId)));
      return value === null ? {} : readConversation(value).messages;
    }

    async function messages(callId: string): Promise<Message[]> {
      return inOrder(await liveMessages(callId));
    }

    return {
      database,
      firestore,
      archive,
      settle,
      mirror,
      clock,
      log,
      lines,
      tasks,
      instance,
      tokenOf,
      liveCall,
      messages,
      calls: () => database.keys(live.calls),
    };
  };
}

async function furnish(firestore: Firestore): Promise<void> {
  const put = (path: string, value: object) => firestore.doc(path).set(value);
  await Promise.all([
    put(stored.company('demo'), { name: 'Demo', time_zone: ZONE, emergency_number: '108' }),
    put(stored.site('demo', 'hall'), { name: 'Hall', emergency_number: '+15550100911' }),
    put(stored.worker('worker_1'), { mobile_no: NUMBER, company_id: 'demo' }),
    put(stored.worker('worker_2'), {
      mobile_no: '+15550100002',
      company_id: 'demo',
      site_id: 'hall',
    }),
    put(stored.worker('worker_3'), { mobile_no: OTHERS_NUMBER, company_id: 'other' }),
  ]);
}

export function report(fields: Partial<Report> = {}): Report {
  return {
    companyId: 'demo',
    idempotencyKey: 'key-1',
    speech: 'there is a fire in the paint shop',
    phoneNumber: NUMBER,
    onBegin: async () => {},
    ...fields,
  };
}
