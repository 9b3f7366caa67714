import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Result } from './journal/measure.ts';
import { SIZES, type Size, STORES, type StoreName } from './journal/plan.ts';
import { duration, percentile, ratio } from './statistics.ts';
import { table } from './table.ts';

/**
 * What one append costs with 10, 1,000 and 10,000 conversations of 20 messages, against three other
 * ways to keep total.json's content on the local disk. Each case runs in a process of its own, one
 * after the other; journal/measure.ts says how it is measured and that results are checked equal,
 * journal/plan.ts how often. The journal runs in three processes per size, and the one with the
 * middle p99 counts, because on a shared machine another process may take the core at any moment.
 */

const MEASURE = fileURLToPath(new URL('./journal/measure.ts', import.meta.url));
const OURS: StoreName = 'Aurora journal';
/** Milliseconds. */
const GOAL = { p50: 0.01, p99: 0.05, growth: 2 };

interface Row {
  name: StoreName;
  size: Size;
  appends: number;
  p50: number;
  p99: number;
  unavailable?: string | undefined;
}

export async function benchJournal(): Promise<void> {
  const rows: Row[] = [];
  for (const name of Object.keys(STORES) as StoreName[]) {
    for (const size of SIZES) rows.push(await middleOf(name === OURS ? 3 : 1, name, size));
  }
  const ours = new Map(rows.filter(({ name }) => name === OURS).map((row) => [row.size, row]));
  const heading = [
    'store',
    'conversations',
    'appends',
    'p50',
    'p99',
    'growth',
    'p50 to ours',
    'p99 to ours',
  ];
  console.log(table([heading, ...rows.map((row) => cells(row, rows, ours.get(row.size) as Row))]));
  console.log(
    'growth: p50 with so many conversations to p50 with 10. p99 of few appends: the slowest.\n',
  );
  console.log(goalLine([...ours.values()]));
}

async function middleOf(processes: number, name: StoreName, size: Size): Promise<Row> {
  const rows: Row[] = [];
  for (let i = 0; i < processes; i += 1) rows.push(await measureInProcess(name, size));
  rows.sort((a, b) => a.p99 - b.p99);
  return rows[Math.floor(rows.length / 2)] as Row;
}

async function measureInProcess(name: StoreName, size: Size): Promise<Row> {
  const { stdout } = await promisify(execFile)(process.execPath, [MEASURE, name, String(size)], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { samples, unavailable }: Result = JSON.parse(stdout);
  return {
    name,
    size,
    appends: samples.length,
    p50: percentile(samples, 0.5),
    p99: percentile(samples, 0.99),
    unavailable,
  };
}

function cells(row: Row, rows: readonly Row[], ours: Row): string[] {
  const { name, size, appends, p50, p99, unavailable } = row;
  const label = [name, size.toLocaleString('en')];
  if (unavailable !== undefined) return [...label, `not available: ${unavailable}`];
  const smallest = rows.find((other) => other.name === name && other.size === SIZES[0]) ?? row;
  return [
    ...label,
    appends.toLocaleString('en'),
    duration(p50),
    duration(p99),
    ratio(p50 / smallest.p50),
    ratio(p50 / ours.p50),
    ratio(p99 / ours.p99),
  ];
}

function goalLine(ours: readonly Row[]): string {
  const p50 = Math.max(...ours.map((row) => row.p50));
  const p99 = Math.max(...ours.map((row) => row.p99));
  const growth = (ours.at(-1)?.p50 ?? 0) / (ours[0]?.p50 ?? 1);
  const verdict = (value: number, goal: number) => (value <= goal ? 'met' : 'not met');
  return [
    `Goal at every size: p50 <= ${duration(GOAL.p50)}: ${verdict(p50, GOAL.p50)} (${duration(p50)});`,
    `p99 <= ${duration(GOAL.p99)}: ${verdict(p99, GOAL.p99)} (${duration(p99)});`,
    `growth from 10 to 10,000 <= ${ratio(GOAL.growth)}:`,
    `${verdict(growth, GOAL.growth)} (${ratio(growth)}).`,
  ].join(' ');
}
