import { parseArgs } from 'node:util';
import { explore, type Verdict } from './explorer.ts';

/**
 * `explore.ts --seconds 600` runs schedules for so long, from `--from` (default: the clock) on;
 * `--schedules N` runs so many; `--seed N` replays one and prints everything that happened.
 * Exits with 1 when a schedule showed a violation.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    schedules: { type: 'string' },
    from: { type: 'string' },
    seed: { type: 'string' },
  },
});

if (values.seed !== undefined) {
  report(await explore(Number(values.seed), { onTrace: (line) => console.log(line) }));
} else {
  await exploreMany();
}

async function exploreMany(): Promise<void> {
  const until = Date.now() + Number(values.seconds ?? 60) * 1_000;
  const most = values.schedules === undefined ? Number.POSITIVE_INFINITY : Number(values.schedules);
  const goesOn = values.schedules === undefined ? () => Date.now() < until : () => true;
  const from = Number(values.from ?? Date.now() % 1_000_000_000);
  const startedAt = performance.now();
  let [schedules, steps, failed] = [0, 0, 0];
  for (; schedules < most && goesOn(); schedules++) {
    const verdict = await explore(from + schedules);
    steps += verdict.steps;
    if (verdict.violations.length === 0) continue;
    failed += 1;
    if (failed <= 20) report(verdict);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `${schedules} schedules from seed ${from}, ${steps} steps, ${seconds.toFixed(1)} s: ${failed} with violations`,
  );
}

function report({ seed, violations }: Verdict): void {
  if (violations.length) process.exitCode = 1;
  console.log(`seed ${seed}: ${violations.length ? violations.join('\n  ') : 'no violation'}`);
}
