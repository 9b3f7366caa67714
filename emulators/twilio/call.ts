/** `npm run call`: a telephone on the command line. */
import { connect } from 'node:net';
import { type CallArguments, HELP, readArguments, type TypedSms } from './cli/arguments.ts';
import { openKeyboard } from './cli/keyboard.ts';
import { keyboardCaller } from './cli/keyboard-caller.ts';
import { callIdOf, createManuals } from './cli/manuals.ts';
import { createPrinter } from './cli/printer.ts';
import { type ControlClient, connectToRestServer } from './control-client.ts';
import {
  type Caller,
  placeCall,
  scriptedCaller,
  sendSms,
  silentCaller,
  type TelephoneEvent,
} from './telephone.ts';

const WRONG_USE = 2;
/** As a shell reports a process that an interrupt ended. */
const INTERRUPTED = 130;
/** Milliseconds within which npm and the terminal tell of one and the same Ctrl-C. */
const SAME_INTERRUPT = 1_000;

process.exitCode = await main();

async function main(): Promise<number> {
  let options: CallArguments;
  try {
    options = readArguments(process.argv.slice(2), process.env);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n\nnpm run call -- --help says what there is.\n`);
    return WRONG_USE;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (!(await isListening(options.baseUrl))) {
    process.stderr.write(
      `Nothing answers at ${options.baseUrl}. Start Aurora in another terminal with: npm start\n`,
    );
    return 1;
  }
  return options.sms === undefined ? call(options) : text(options, options.sms);
}

async function call(options: CallArguments): Promise<number> {
  const hangUp = new AbortController();
  let interruptedAt: number | undefined;
  const onInterrupt = () => {
    interruptedAt ??= performance.now();
    if (performance.now() - interruptedAt > SAME_INTERRUPT) process.exit(INTERRUPTED);
    hangUp.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  const lines = options.script === undefined ? openKeyboard(onInterrupt) : undefined;
  const keyboard =
    lines === undefined
      ? undefined
      : keyboardCaller({ lines, output: process.stdout, confidence: options.confidence });
  const typedHere = keyboard !== undefined && process.stdin.isTTY === true;
  const printer = printerFor(options, typedHere, keyboard?.write);
  const line = await register(options, printer.line);
  const manuals = createManuals(options.baseUrl);
  let callId: string | undefined;
  let asked = 0;

  function onEvent(event: TelephoneEvent): void {
    printer.event(event);
    if (event.type === 'request-answered') callId ??= callIdOf(event.exchange);
    if (event.type === 'hung-up') asked += 1;
    if (event.type === 'gather-opened' && typedHere) void nameManual();
  }

  /** While somebody thinks about what to type: where the reply comes from. */
  async function nameManual(): Promise<void> {
    asked += 1;
    const turn = asked;
    const name = callId === undefined ? '' : await manuals.ofNewestReply(callId);
    if (name !== '' && turn === asked) printer.line('', `(${name})`, 'magenta');
  }

  printer.note(`Calling ${options.to} from ${options.from || 'nobody'} (${options.baseUrl})`);
  if (options.chaosSeed !== undefined) printer.note(`A bad network: --chaos ${options.chaosSeed}`);
  if (options.sttLanguage !== undefined) printer.note(`You speak ${options.sttLanguage}.`);
  if (typedHere) {
    printer.note('Type what you say. #1 presses a key, an empty line is silence, Ctrl-C hangs up.');
  }
  try {
    const { baseUrl, accountSid, authToken, from, to } = options;
    const result = await placeCall({
      baseUrl,
      accountSid,
      authToken,
      from,
      to,
      caller: keyboard ?? callerOf(options.script ?? []),
      signal: hangUp.signal,
      timeScale: options.fast ? 0 : 1,
      ...(options.sttLanguage !== undefined && { sttLanguage: options.sttLanguage }),
      ...(options.chaosSeed !== undefined && { chaos: { seed: options.chaosSeed } }),
      ...(line !== undefined && { switchboard: line }),
      onEvent,
    });
    printer.note(`The call took ${result.durationSeconds} s.`);
    if (callId !== undefined) {
      const names = await manuals.ofCall(callId);
      if (names.length > 0) printer.line('Manuals', names.join('; '), 'magenta');
      printer.note(`Look at it, with a token from POST ${baseUrl}/login:`);
      printer.note(`  GET ${baseUrl}/api/call/${callId}`);
    }
    return result.endedBy === 'fault' ? 1 : 0;
  } finally {
    lines?.close();
    line?.close();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

/** One text message after the other, each when the one before is answered. */
async function text(options: CallArguments, texts: readonly TypedSms[]): Promise<number> {
  const printer = printerFor(options, false);
  const { baseUrl, accountSid, authToken, from } = options;
  const to = from.startsWith('whatsapp:') ? `whatsapp:${options.to}` : options.to;
  const line = await connectToRestServer(options).catch(() => undefined);
  let callId: string | undefined;
  let hasFailed = false;
  for (const { body, media } of texts) {
    const came = media.map((type) => ` [${type}]`).join('');
    printer.line('You', body + came, 'green');
    const result = await sendSms({
      baseUrl,
      accountSid,
      authToken,
      from,
      to,
      body,
      media,
      ...(line !== undefined && { switchboard: line }),
    });
    const milliseconds = result.exchanges[0]?.outcome.milliseconds ?? 0;
    for (const exchange of options.verbose ? result.exchanges : []) printer.exchange(exchange);
    for (const reply of result.replies) {
      printer.line('Aurora', reply, 'cyan', `${Math.round(milliseconds)} ms`);
    }
    for (const fault of result.faults) printer.event({ type: 'fault', fault });
    if (result.replies.length === 0 && result.faults.length === 0) printer.note('No reply.');
    callId = result.exchanges.map(callIdOf).find(Boolean) ?? callId;
    hasFailed ||= result.faults.some(({ severity }) => severity === 'error');
  }
  line?.close();
  if (callId !== undefined) {
    printer.note(`Look at it, with a token from POST ${baseUrl}/login:`);
    printer.note(`  GET ${baseUrl}/api/call/${callId}`);
  }
  return hasFailed ? 1 : 0;
}

function callerOf(script: Exclude<CallArguments['script'], undefined>): Caller {
  return script === 'silent' ? silentCaller() : scriptedCaller(script);
}

function printerFor(
  options: CallArguments,
  typedHere: boolean,
  write: (text: string) => void = (text) => void process.stdout.write(text),
) {
  return createPrinter({
    write,
    colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    width: process.stdout.columns ?? 100,
    verbose: options.verbose,
    typedHere,
  });
}

/** So that REST requests and text messages reach this telephone; a call works without. */
async function register(
  options: CallArguments,
  print: ReturnType<typeof createPrinter>['line'],
): Promise<ControlClient | undefined> {
  try {
    const line = await connectToRestServer(options);
    line.listen(options.from, ({ from, body }) => print('SMS', `${from}: ${body}`, 'magenta'));
    return line;
  } catch {
    return undefined;
  }
}

function isListening(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const socket = connect({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    timeout: 5_000,
  });
  return new Promise((resolve) => {
    const settle = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
