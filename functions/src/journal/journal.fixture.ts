import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { conversationId } from '../calls/ids.ts';
import type { CallEvent, CallStarted, MessageAdded } from '../calls/model.ts';
import { type CallState, reduce } from '../calls/reduce.ts';
import type { Log } from '../log.ts';
import { soleCallId } from './state.ts';

/** The CallSid, call id and first event of the n-th made-up call. */
export function started(n: number): CallStarted & { call_sid: string } {
  const tail = n.toString(16).padStart(6, '0');
  const call_id = `call_1555${String(n).padStart(7, '0')}_20251004_143000_${tail}`;
  return {
    type: 'call_started',
    call_id,
    conversation_id: conversationId(call_id),
    at: '2025-10-04T14:30:00+05:30',
    worker_id: `worker-${n}`,
    mobile_no: `+1555${String(n).padStart(7, '0')}`,
    medium: 'Voice',
    company_id: 'demo',
    call_sid: `CA${tail.padStart(32, '0')}`,
  };
}

/** The n-th call's words at a turn: even ranks are the caller's, odd ones Aurora's. */
export function said(n: number, turn: number, rank: 0 | 1 = 0, content?: string): MessageAdded {
  const minute = String(30 + (turn % 30)).padStart(2, '0');
  return {
    type: 'message_added',
    call_id: started(n).call_id,
    message: {
      id: `m${String(turn).padStart(6, '0')}-${n.toString(16)}x${turn}-${rank}`,
      role: rank === 0 ? 'user' : 'assistant',
      content: content ?? `Turn ${turn} of call ${n}: smoke in the boiler room.`,
      timestamp: `2025-10-04T14:${minute}:00+05:30`,
      sources: rank === 0 ? '' : 'Fire',
    },
  };
}

export function ended(n: number): CallEvent {
  const { call_id, call_sid } = started(n);
  return {
    type: 'call_ended',
    call_id,
    call_sid,
    at: '2025-10-04T15:00:00+05:30',
    end_reason: 'completed',
  };
}

export function batch(n: number, turn: number): CallEvent[] {
  return [started(n), said(n, turn)];
}

const timestamp = fc
  .record({
    minute: fc.integer({ min: 0, max: 59 }),
    form: fc.constantFrom('00+05:30', '00.500+05:30', '00+05:00', '00Z'),
  })
  .map(({ minute, form }) => `2025-10-04T14:${String(minute).padStart(2, '0')}:${form}`);

function withTime(event: MessageAdded, timestamp: string): MessageAdded {
  return { ...event, message: { ...event.message, timestamp } };
}

/** Any events of a handful of calls; most batches begin with `call_started`, as ours do. */
export const anyBatch: fc.Arbitrary<CallEvent[]> = fc
  .record({
    n: fc.integer({ min: 0, max: 3 }),
    begins: fc.boolean().map((yes) => yes || undefined),
    events: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
    at: timestamp,
    turn: fc.integer({ min: 0, max: 6 }),
    content: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('line\nbreak \ud800 \u2028')),
    urgency: fc.constantFrom('NORMAL' as const, 'URGENT' as const, 'CRITICAL' as const),
    kind: fc.constantFrom('aurora' as const, 'silence' as const, 'supervisor' as const),
  })
  .map(({ n, begins, events, at, turn, content, urgency, kind }) => {
    const call_id = started(n).call_id;
    const kinds: CallEvent[] = [
      withTime(said(n, turn, 0, content), at),
      withTime(said(n, turn, 1, content), at),
      { type: 'urgency_changed', call_id, urgency, by: { kind, turn, at } },
      { ...ended(n), at } as CallEvent,
      {
        type: 'facts_reported',
        call_id,
        at,
        facts: { where: { value: `hall ${turn}`, confidence: 0.9, turn, at, by: 'words' } },
      },
    ];
    const chosen = events.flatMap((index) => kinds[index] ?? []);
    return begins ? [started(n), ...chosen] : chosen;
  });

/** As anyBatch, but as the port's users write them: each with its call's `call_started`. */
export const anyWholeBatch: fc.Arbitrary<CallEvent[]> = anyBatch.map((events) => {
  const callId = soleCallId(events);
  const first = [0, 1, 2, 3].map(started).find(({ call_id }) => call_id === callId);
  return first && events[0]?.type !== 'call_started' ? [first, ...events] : events;
});

/** What the reducer makes of the batches: every journal has to show the same. */
export function foldAll(batches: readonly (readonly CallEvent[])[]): Map<string, CallState> {
  const calls = new Map<string, CallState>();
  for (const events of batches) {
    const callId = soleCallId(events) ?? '';
    const state = reduce(calls.get(callId) ?? {}, events);
    if (state.call) calls.set(callId, state);
  }
  return calls;
}

export interface RecordedLine {
  severity: keyof Log;
  message: string;
  fields: unknown;
}

export function recordingLog(): Log & { lines: RecordedLine[] } {
  const lines: RecordedLine[] = [];
  const record = (severity: keyof Log) => (message: string, fields?: unknown) =>
    void lines.push({ severity, message, fields });
  return {
    lines,
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
    alert: record('alert'),
  };
}

/** Runs with a new directory that is gone afterwards. */
export async function withDirectory<T>(use: (directory: string) => Promise<T> | T): Promise<T> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'aurora-journal-'));
  try {
    return await use(directory);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** A base directory as a crash of its process would leave it now: same files, no living lock. */
export function crashImage(base: string, into: string): string {
  fs.rmSync(into, { recursive: true, force: true });
  for (const instance of fs.readdirSync(base)) {
    fs.mkdirSync(path.join(into, instance), { recursive: true });
    for (const name of fs.readdirSync(path.join(base, instance))) {
      if (!name.startsWith('lock-')) copyIfThere(base, into, path.join(instance, name));
    }
  }
  return into;
}

/** The rename of total.json.tmp runs on another thread and may come while we copy. */
function copyIfThere(from: string, to: string, name: string): void {
  try {
    fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

export function filesIn(base: string, k = 1): string[] {
  return fs.readdirSync(path.join(base, `instance-${k}`)).sort();
}

export function readTotalOf(base: string, k = 1): unknown {
  return JSON.parse(fs.readFileSync(path.join(base, `instance-${k}`, 'total.json'), 'utf8'));
}
