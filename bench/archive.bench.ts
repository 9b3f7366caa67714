import { deepStrictEqual } from 'node:assert/strict';
import { type Archiving, createArchiving } from './archive/archiving.ts';
import { type Backends, startBackends } from './archive/backends.ts';
import { type LiveCall, liveCalls, liveContent } from './archive/live-calls.ts';
import { duration, percentile, ratio } from './statistics.ts';
import { table } from './table.ts';

/**
 * How long it takes from `completed` until a call is archived and its live copy removed: the mirror
 * applies the end as the status callback's task brings it (the CallSid alone), then settle runs as
 * the status trigger would run it; the delivery of neither is in the time. Calls of 20 and of 200
 * messages, one after the other, while the rest are live. Before each, in the same process and so
 * under the same load, a bare Firestore transaction (one document read and written) and then a bare
 * Realtime Database write are timed together: the ratios to that are what counts. Both databases are
 * the local ones, in this process, so their work is in all of the times. Checked: nothing of any call
 * is live in the end, and each is archived with all its messages.
 */
const TIME_ZONE = 'Asia/Kolkata';
const SIZES = [20, 200] as const;
const WARM_UP_CALLS = 10;
const CALLS = 40;

/** Milliseconds. */
interface Samples {
  bare: number[];
  end: number[];
  requests: number;
}

export async function benchArchive(): Promise<void> {
  const backends = await startBackends();
  try {
    const archiving = createArchiving(backends.url, backends.firestore, TIME_ZONE);
    const rows: string[][] = [];
    for (const [index, messages] of SIZES.entries()) {
      const calls = liveCalls(index * 1_000, WARM_UP_CALLS + CALLS, messages);
      backends.load(liveContent(calls));
      rows.push(...rowsOf(messages, await endAll(archiving, calls)));
      await check(backends, archiving, calls);
    }
    console.log(table([HEADING, ...rows]));
  } finally {
    await backends.stop();
  }
}

async function endAll(archiving: Archiving, calls: readonly LiveCall[]): Promise<Samples> {
  const samples: Samples = { bare: [], end: [], requests: 0 };
  for (const [index, call] of calls.entries()) {
    const bare = await timed(archiving.bare);
    const requestsBefore = archiving.requests();
    const end = await timed(() => archiving.end(call));
    if (index < WARM_UP_CALLS) continue;
    samples.bare.push(bare);
    samples.end.push(end);
    samples.requests += archiving.requests() - requestsBefore;
  }
  return samples;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function check(
  backends: Backends,
  archiving: Archiving,
  calls: readonly LiveCall[],
): Promise<void> {
  const { active_calls, active_conversations, archived_calls } = backends.content();
  deepStrictEqual([active_calls, active_conversations], [undefined, undefined]);
  deepStrictEqual(Object.keys(archived_calls as object).length, calls.length);
  for (const call of calls) deepStrictEqual(await archiving.archived(call), call.messages);
}

const HEADING = ['', 'calls', 'requests', 'p50', 'p99', 'p50 to bare', 'p99 to bare'];

function rowsOf(messages: number, { bare, end, requests }: Samples): string[][] {
  const row = (name: string, of: readonly number[], requestsEach: number) => [
    name,
    String(of.length),
    requestsEach.toLocaleString('en'),
    duration(percentile(of, 0.5)),
    duration(percentile(of, 0.99)),
    ratio(percentile(of, 0.5) / percentile(bare, 0.5)),
    ratio(percentile(of, 0.99) / percentile(bare, 0.99)),
  ];
  return [
    row(`bare, beside ${messages} messages`, bare, 1),
    row(`completed to archived, ${messages} messages`, end, requests / end.length),
  ];
}
