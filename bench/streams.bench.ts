import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { duration, percentile, ratio } from './statistics.ts';
import { createAudience, STREAMS } from './streams/audience.ts';
import { startBackends } from './streams/backends.ts';
import { type Measured, startTrial } from './streams/trial.ts';
import { table } from './table.ts';

/**
 * What 1,000 open streams cost: 20 watchers of each of 50 conversations, by 100 supervisors. Each way
 * runs in a process of its own under functions-framework, as Aurora's deployed function does: with
 * tokens, visibility, slots, audit and cursors. `better-sse` has the same listeners, one per
 * conversation, and none of these: it is what writing events costs by a library. The reference reads
 * the whole conversation every second for every stream. Clients are sockets in a third process; the
 * databases are the local ones, in this process. Latency is from just before the write (over REST,
 * as the mirror writes) until a watcher has the event, by the machine's monotonic clock: twice 50
 * messages one after the other, then twice one in every conversation at once. Memory is what the
 * process holds (RSS) with all streams open less what it held with none, both after a collection and
 * after as many streams had come and gone, so that what is compiled once does not count as a
 * stream's; "live" is what JavaScript holds of it, and the whole process stands beside it. Sockets'
 * buffers in the kernel are in none of them. CPU to open is for one stream; idle is the process's own
 * CPU time while nothing is said, over a whole heartbeat. Checked in every way: each watcher has all
 * messages of its conversation, as the database holds them, and none twice.
 */
const HEARTBEAT = 30_000;
/** Milliseconds; every second is like another. */
const POLLING_IDLE = 8_000;

const HEADING = [
  '1,000 streams',
  'CPU to open',
  'p50',
  'p99',
  'p50 at once',
  'p99 at once',
  'memory each',
  'of it live',
  'process',
  'idle CPU',
];

const GOALS = { faster: 20, bytesPerStream: 40_000, idle: 0.01 };

export async function benchStreams(): Promise<void> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'aurora-bench-'));
  const backends = await startBackends(directory);
  try {
    const audience = createAudience(backends.environment('aurora').JWT_SECRET ?? '');
    const measure = async (ways: string[], idle: number) => {
      const trials = [];
      try {
        for (const way of ways) trials.push(await startTrial(way, backends, audience));
        await Promise.all(trials.map((trial) => trial.idle(idle)));
        return trials.map((trial) => trial.measured());
      } finally {
        for (const trial of trials) await trial.stop();
      }
    };
    const [aurora, betterSse] = await measure(['aurora', 'better-sse'], HEARTBEAT);
    const [polling] = await measure(['polling'], POLLING_IDLE);
    if (aurora && betterSse && polling) report({ aurora, betterSse, polling });
  } finally {
    await backends.stop();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

function report(of: Record<'aurora' | 'betterSse' | 'polling', Measured>): void {
  const { aurora, polling } = of;
  const faster = (samples: (measured: Measured) => number[]) =>
    percentile(samples(polling), 0.5) / percentile(samples(aurora), 0.5);
  const row = (name: string, measured: Measured) => [
    name,
    duration(measured.opening),
    duration(percentile(measured.spread, 0.5)),
    duration(percentile(measured.spread, 0.99)),
    duration(percentile(measured.burst, 0.5)),
    duration(percentile(measured.burst, 0.99)),
    kilobytes(measured.residentPerStream),
    kilobytes(measured.livePerStream),
    `${Math.round(measured.resident / 1e6)} MB`,
    percent(measured.idle),
  ];
  console.log(
    table([
      HEADING,
      row('Aurora', aurora),
      row('better-sse, same listeners', of.betterSse),
      row('reference (one poll per second)', polling),
    ]),
  );
  const times = faster(({ spread }) => spread);
  const goal = (text: string, isMet: boolean, is: string) =>
    console.log(`Goal: ${text}: ${isMet ? 'met' : 'not met'} (${is}).`);
  console.log();
  goal(
    `p50 at least ${GOALS.faster}x faster than polling`,
    times >= GOALS.faster,
    `${ratio(times)}; ${ratio(faster(({ burst }) => burst))} at once`,
  );
  goal(
    `at most ${kilobytes(GOALS.bytesPerStream)} per stream`,
    aurora.residentPerStream <= GOALS.bytesPerStream,
    kilobytes(aurora.residentPerStream),
  );
  goal(
    `${STREAMS.toLocaleString('en')} idle streams under ${percent(GOALS.idle)} of a core`,
    aurora.idle < GOALS.idle,
    percent(aurora.idle),
  );
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)} %`;
}
