import { parseArgs } from 'node:util';
import { explore, type Verdict } from './explorer.ts';

const HELP = `Runs schedules of the real code under virtual time, and looks for words that are lost, doubled or
back from the dead.

  explore.ts --seconds 600        for so long, from a seed that the clock gives (default: 60 s)
  explore.ts --schedules 20000    so many schedules
  explore.ts --from 1000          from this seed on
  explore.ts --seed 4711          one schedule, with everything that happens in it

Exits with 1 when a schedule showed a violation.`;

/** Schedules with a violation that are told of in full. */
const MOST_REPORTED = 10;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    schedules: { type: 'string' },
    from: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  },
});

if (values.help) {
  console.log(HELP);
} else if (values.seed !== undefined) {
  const verdict = await explore(count(values.seed), { onTrace: (line) => console.log(line) });
  report(verdict);
  if (verdict.violations.length === 0) console.log(`seed ${verdict.seed} shows no violation`);
} else {
  // Thousands of faults are made and caught; nobody reads where from. A replay tells.
  Error.stackTraceLimit = 0;
  await exploreMany();
}

async function exploreMany(): Promise<void> {
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1_000;
  const schedules = values.schedules === undefined ? undefined : count(values.schedules);
  const goesOn = (done: number) =>
    schedules === undefined ? elapsed() < count(values.seconds) : done < schedules;
  const from = values.from === undefined ? Date.now() % 1_000_000_000 : count(values.from);
  let [done, steps, failed] = [0, 0, 0];
  for (; goesOn(done); done++) {
    const verdict = await explore(from + done);
    steps += verdict.steps;
    if (verdict.violations.length === 0) continue;
    failed += 1;
    if (failed <= MOST_REPORTED) report(verdict);
  }
  console.log(
    `${done} schedules from seed ${from}, ${steps} steps, ${elapsed().toFixed(1)} s: ${failed} with violations`,
  );
}

function report({ seed, violations }: Verdict): void {
  if (violations.length === 0) return;
  process.exitCode = 1;
  const replay = `node test/explorer/explore.ts --seed ${seed}`;
  console.log(`seed ${seed}, to be replayed with ${replay}:\n  ${violations.join('\n  ')}`);
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`"${text}" is not a whole number: see --help.`);
}
