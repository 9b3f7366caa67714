import { createRequire } from 'node:module';
import type { Firestore } from 'firebase-admin/firestore';
import { createArchive } from '../../../functions/src/archive/archive.ts';
import type { Assistant } from '../../../functions/src/assistant/assistant.ts';
import { createEmbeddedAssistant } from '../../../functions/src/assistant/dialogue/embedded.ts';
import { embeddedPack } from '../../../functions/src/assistant/manual/embedded-pack.ts';
import { callId, greetingTurn, nextTurn } from '../../../functions/src/calls/ids.ts';
import type { CallEvent, Urgency } from '../../../functions/src/calls/model.ts';
import { callStarted } from '../../../functions/src/calls/started.ts';
import { type TimelineEntry, timelineId } from '../../../functions/src/calls/timeline.ts';
import { isoInZone } from '../../../functions/src/calls/times.ts';
import { atLeast } from '../../../functions/src/calls/urgency.ts';
import { createCounting } from '../../../functions/src/insights/counting.ts';
import { createMemoryJournal } from '../../../functions/src/journal/memory-journal.ts';
import { log } from '../../../functions/src/log.ts';
import { stored } from '../../../functions/src/paths.ts';
import { createTurns } from '../../../functions/src/turn/turn.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

/**
 * A few weeks of plausible calls, so that no screen of a first run is empty. They are made by the
 * real conversation, put away by the real archive, and counted as every call is: what they look like is
 * what calls look like.
 */
export interface HistoryTarget {
  project: string;
  /** `host:port` */
  firestore: string;
}

export interface DemoCaller {
  worker_id: string;
  mobile_no: string;
  company_id: string;
  dialled_no: string;
  /** Who acts on the calls of this company. */
  supervisors: readonly string[];
}

const ZONE = 'Asia/Kolkata';
const DAYS = 21;
const CALLS_PER_DAY = 5;
const DAY = 24 * 60 * 60_000;
const WRITTEN_AT_ONCE = 8;

/** Writes the history where there is none yet. Resolves to the number of calls. */
export async function seedHistory(
  { project, firestore: address }: HistoryTarget,
  callers: readonly DemoCaller[],
  now = Date.now(),
): Promise<number> {
  // The archive's own Firestore package: values of another copy of it would be strangers to it.
  const requireThere = createRequire(new URL('../../../functions/package.json', import.meta.url));
  const admin = requireThere('@google-cloud/firestore') as typeof import('@google-cloud/firestore');
  const [host, port] = address.split(':') as [string, string];
  const firestore = new admin.Firestore({
    projectId: project,
    host,
    port: Number(port),
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
  try {
    if (!(await firestore.collection('calls').limit(1).get()).empty) return 0;
    await createSites(firestore as unknown as Firestore);
    const archive = createArchive(firestore as unknown as Firestore, ZONE);
    const { count } = createCounting({
      firestore: firestore as unknown as Firestore,
      timeZoneOf: async () => ZONE,
      timeZone: ZONE,
      log,
    });
    const calls = await pastCalls(callers, now);
    for (let at = 0; at < calls.length; at += WRITTEN_AT_ONCE) {
      const some = calls.slice(at, at + WRITTEN_AT_ONCE);
      await Promise.all(
        some.map(async ({ id, events }) => {
          await archive.merge(id, { events });
          await count(id);
        }),
      );
    }
    return calls.length;
  } finally {
    await firestore.terminate();
  }
}

/** Where the calls of a company came from. */
const SITES: Record<string, Record<string, string>> = {
  demo: { site_demo_north: 'North works', site_demo_south: 'Tank farm' },
  other: { site_other: 'Dye house' },
};

/** Sites are not in the seed: somebody may have removed them, and they stay away. */
async function createSites(firestore: Firestore): Promise<void> {
  for (const [company, sites] of Object.entries(SITES)) {
    for (const [id, name] of Object.entries(sites)) {
      await firestore.doc(stored.site(company, id)).set({ name });
    }
  }
}

interface PastCall {
  id: string;
  events: CallEvent[];
}

/** The same calls for the same day, however often they are made. */
export async function pastCalls(callers: readonly DemoCaller[], now: number): Promise<PastCall[]> {
  const random = randomFrom(20_261_101);
  const bag = SCENARIOS.flatMap((scenario) => Array(scenario.weight).fill(scenario) as Scenario[]);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const plans = Array.from({ length: DAYS * CALLS_PER_DAY }, (_, n) => ({
    scenario: pick(bag),
    caller: pick(callers),
    // Never in the last hour: what is there is live.
    at: now - DAY / 24 - (n / CALLS_PER_DAY) * DAY - Math.floor(random() * (DAY / CALLS_PER_DAY)),
    pace: 6_000 + Math.floor(random() * 9_000),
    sid: `CA${hex(random, 32)}`,
    supervisor: random(),
    thinking: 500 + Math.floor(random() * 2_500),
    place: random(),
  }));
  const assistant = createEmbeddedAssistant({ pack: embeddedPack() });
  const calls: PastCall[] = [];
  for (const plan of plans) calls.push(await pastCall(plan, assistant));
  return calls;
}

type Plan = {
  scenario: Scenario;
  caller: DemoCaller;
  at: number;
  pace: number;
  sid: string;
  supervisor: number;
  /** Milliseconds until Aurora answers. */
  thinking: number;
  place: number;
};

async function pastCall(
  { scenario, caller, at, pace, sid, supervisor, thinking, place }: Plan,
  assistant: Assistant,
): Promise<PastCall> {
  const { supervisors, ...who } = caller;
  const id = callId({ mobileNo: caller.mobile_no, sid, now: at, timeZone: ZONE });
  let time = Math.floor(at / 1_000) * 1_000;
  const stamp = () => isoInZone(time, ZONE);
  // Some numbers belong to no site.
  const site_id = Object.keys(SITES[caller.company_id] ?? {})[Math.floor(place * 3)];
  const started = callStarted({
    call_id: id,
    at: stamp(),
    medium: 'Voice',
    call_sid: sid,
    ...who,
    ...(site_id === undefined ? {} : { site_id }),
  });
  const events: CallEvent[] = [started];
  const turns = createTurns({
    assistant: {
      ...assistant,
      reply: (...asked) => {
        time += thinking;
        return assistant.reply(...asked);
      },
    },
    journal: createMemoryJournal(),
    outbox: {
      send: async (batch) => {
        events.push(...batch.filter(({ type }) => type !== 'call_started'));
        return true;
      },
    },
    readLive: async () => ({}),
    timestamp: stamp,
    log,
  });
  let token = greetingTurn(sid);
  const languages = { language: 'en-IN', languages: ['en-IN'] };
  await turns.start({ started, token }, '112', languages);
  let situation = { urgency: 'NORMAL' as Urgency, emergency_number: '112', ...languages };
  let urgentAt = time;
  for (const words of scenario.says) {
    time += pace;
    token = nextTurn(sid, token);
    const reply = await turns.run({
      started,
      token,
      utterance: { text: words, confidence: 0.9 },
      silences: 0,
      situation,
    });
    const { hazard, step, asked, question, confirmed } = reply;
    if (situation.urgency === 'NORMAL') urgentAt = time;
    situation = Object.assign(
      { ...situation, urgency: atLeast(situation.urgency, reply.urgency) },
      defined({ hazard, step, asked, question, confirmed }),
    );
  }
  if (situation.urgency !== 'NORMAL') {
    const by = supervisors[Math.floor(supervisor * supervisors.length)] as string;
    const seenAt = urgentAt + 8_000 + Math.floor(supervisor * 80_000);
    const seen = supervisor < 0.9;
    if (seen) {
      events.push({ type: 'call_acknowledged', call_id: id, by, at: isoInZone(seenAt, ZONE) });
    }
    if (situation.urgency === 'CRITICAL') {
      const takenAt = seenAt + 15_000 + thinking * 30;
      events.push(
        happened(id, urgentAt, { step: 'page_raised', reason: 'critical' }),
        happened(id, urgentAt, { step: 'page_sent', whom: by }),
        ...(seen ? [happened(id, seenAt, { step: 'page_accepted', by })] : []),
        ...(supervisor < 0.6 ? [happened(id, takenAt, { step: 'taken_over', by })] : []),
      );
      time = Math.max(time, seen ? seenAt : time, supervisor < 0.6 ? takenAt + 60_000 : time);
    }
  }
  time += pace * 2;
  events.push({
    type: 'call_ended',
    call_id: id,
    call_sid: sid,
    at: stamp(),
    end_reason: 'completed',
  });
  if (scenario.action) {
    const by = supervisors[0] as string;
    const { action: final_action, notes: admin_notes } = scenario;
    events.push({
      type: 'call_noted',
      call_id: id,
      at: stamp(),
      by,
      final_action,
      ...(admin_notes ? { admin_notes } : {}),
    });
  }
  return { id, events };
}

function happened(call_id: string, at: number, entry: Omit<TimelineEntry, 'at'>): CallEvent {
  return {
    type: 'timeline_added',
    call_id,
    id: timelineId('demo', entry.step, entry.whom ?? entry.by ?? ''),
    entry: { at: isoInZone(at, ZONE), ...entry },
  };
}

function defined<T extends object>(of: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(of).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** Mulberry32: small, and the same on every machine. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function hex(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
}
