/**
 * The local suite: the official Firebase emulators (functions, hosting, auth, tasks) with our own
 * databases and telephone exchange plugged in. `node emulators/suite.ts --help` lists the options.
 *
 * Ctrl-C (or SIGTERM) at any moment, also during start-up, stops everything and leaves no process,
 * port or temporary file. When another process has forked this one, it is told when all is ready
 * (`{ type: 'ready', … }`), may ask for outages (suite/outages.ts), and the suite stops when that
 * process goes away.
 */
import path from 'node:path';
import { watchChildren } from './suite/children.ts';
import { SuiteError } from './suite/errors.ts';
import { parseSuiteOptions, type SuiteOptions, USAGE } from './suite/options.ts';
import { prepareProcessEnvironment } from './suite/process-environment.ts';
import { useOwnTemporaryFolder } from './suite/temporary-folder.ts';

/** Milliseconds that an orderly stop may take before everything is simply ended. */
const PATIENCE = 3500;
/** Milliseconds after which functions that are still at work are ended. */
const PATIENCE_WITH_FUNCTIONS = 1000;
/** A second signal within this time is the first one, told twice by npm and the terminal. */
const SAME_SIGNAL = 1000;

/** What ends the suite; `disconnect` is the end of the process that forked it. */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'];

const repository = path.resolve(import.meta.dirname, '..');

try {
  const options = parseSuiteOptions(process.argv.slice(2), repository);
  if (options === 'help') console.log(USAGE);
  else await run(options);
} catch (error) {
  report(error);
  process.exit(1);
}

async function run(options: SuiteOptions): Promise<void> {
  const started = performance.now();
  const children = watchChildren();
  process.once('exit', children.kill);
  const temporaryFolder = useOwnTemporaryFolder();
  prepareProcessEnvironment(temporaryFolder);

  let suite: { stop(): Promise<void> } | undefined;
  let stopping: number | undefined;
  async function stop(code: number): Promise<never> {
    stopping = performance.now();
    const impatience = setTimeout(children.kill, PATIENCE_WITH_FUNCTIONS);
    const tooLate = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([suite?.stop(), tooLate]);
    clearTimeout(impatience);
    await Promise.race([children.bury(), tooLate]);
    process.exit(code);
  }
  for (const ending of ENDINGS) {
    process.on(ending, () => {
      if (stopping === undefined) {
        console.log('\nStopping.');
        void stop(0);
      } else if (performance.now() - stopping > SAME_SIGNAL) process.exit(1);
    });
  }
  process.on('uncaughtException', (error) => {
    report(error);
    if (stopping === undefined) void stop(1);
  });
  // The reader of our output may go away before we do.
  process.stdout.on('error', () => {});

  // Loading it takes a second; signals are heeded meanwhile.
  const { createSuite } = await import('./suite/launch.ts');
  const { readyBanner } = await import('./suite/banner.ts');
  const { answerOutageRequest } = await import('./suite/outages.ts');
  const created = createSuite(options, temporaryFolder, (line) => console.log(line));
  suite = created;
  console.log('Starting the local suite …');
  try {
    const running = await created.start();
    if (stopping !== undefined) return;
    console.log(readyBanner(running, options, (performance.now() - started) / 1000));
    process.send?.({ type: 'ready', ...running });
    process.on('message', async (message) => {
      const answer = await answerOutageRequest(message);
      if (answer && process.connected) process.send?.(answer);
    });
  } catch (error) {
    if (stopping !== undefined) return;
    report(error);
    await stop(1);
  }
}

function report(error: unknown): void {
  const mendable = error instanceof SuiteError || (error as Error)?.name === 'FirebaseError';
  console.error(mendable ? (error as Error).message : error);
}
