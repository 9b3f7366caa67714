/** `npm run phone`: a telephone of a supervisor, or of somebody on call, on the command line. */
import { openKeyboard } from './cli/keyboard.ts';
import { PHONE_HELP, type PhoneArguments, readPhoneArguments } from './cli/phone-arguments.ts';
import { sitAtPhone } from './cli/phone-desk.ts';
import { createPrinter } from './cli/printer.ts';
import { type ControlClient, connectToRestServer } from './control-client.ts';

const WRONG_USE = 2;
/** Milliseconds within which npm and the terminal tell of one and the same Ctrl-C. */
const SAME_INTERRUPT = 1_000;

process.exitCode = await main();

async function main(): Promise<number> {
  let options: PhoneArguments;
  try {
    options = readPhoneArguments(process.argv.slice(2), process.env);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n\nnpm run phone -- --help says what there is.\n`);
    return WRONG_USE;
  }
  if (options.help) {
    process.stdout.write(PHONE_HELP);
    return 0;
  }
  let line: ControlClient;
  try {
    line = await connectToRestServer(options);
  } catch (error) {
    const why = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
    process.stderr.write(
      `No telephone exchange answers at ${options.restUrl}${why}. ` +
        'Start Aurora in another terminal with: npm start\n',
    );
    return 1;
  }
  await serve(options, line);
  line.close();
  return 0;
}

async function serve(options: PhoneArguments, line: ControlClient): Promise<void> {
  let interruptedAt = Number.NEGATIVE_INFINITY;
  let interrupt = () => {};
  const onInterrupt = () => {
    const isSame = performance.now() - interruptedAt < SAME_INTERRUPT;
    interruptedAt = performance.now();
    if (!isSame) interrupt();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  const typing = options.manner === 'ask' || options.manner === 'answer';
  const lines = typing ? openKeyboard(onInterrupt, '') : undefined;
  const desk = await sitAtPhone({
    options,
    line,
    lines,
    printer: createPrinter({
      write: (text) => void process.stdout.write(text),
      colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
      width: process.stdout.columns ?? 100,
      verbose: options.verbose,
      typedHere: typing && process.stdin.isTTY === true,
    }),
  });
  interrupt = () => {
    if (!desk.hangUp()) desk.close();
  };
  line.closed.then(() => desk.close());
  await desk.closed;
  lines?.close();
  process.off('SIGINT', onInterrupt);
  process.off('SIGTERM', onInterrupt);
}
