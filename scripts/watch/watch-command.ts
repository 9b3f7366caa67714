/** `npm run watch`: a supervisor's eyes in the terminal. See HELP in arguments.ts. */
import { asError } from '../../functions/src/errors.ts';
import { printable } from '../../functions/src/operations/printable.ts';
import { HELP, readArguments } from './arguments.ts';
import { follow } from './follow.ts';
import { conversationPrinter, listPrinter } from './printer.ts';
import { askHidden } from './prompt.ts';
import { createSession } from './session.ts';

const REFUSED = 1;
const WRONG_USAGE = 2;

const away = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => away.abort());

try {
  await main();
} catch (thrown) {
  if (!away.signal.aborted) tell(thrown);
}

function tell(thrown: unknown): void {
  const { name, message, code } = asError(thrown) as Error & { code?: unknown };
  const isUsage = name === 'UsageError' || String(code).startsWith('ERR_PARSE_ARGS');
  console.error(printable(message));
  if (isUsage) console.error('See --help.');
  process.exitCode = isUsage ? WRONG_USAGE : REFUSED;
}

async function main(): Promise<void> {
  const { baseUrl, conversationId, email, password, help } = readArguments(
    process.argv.slice(2),
    process.env,
  );
  if (help) return void process.stdout.write(HELP);
  const untilAway: typeof fetch = (url, init) => fetch(url, { signal: away.signal, ...init });
  let typed: Promise<string> | undefined;
  const session = createSession({
    baseUrl,
    email,
    // Asked for once, although a shift may need a second token.
    password: () => {
      typed ??= password
        ? Promise.resolve(password)
        : askHidden('Password: ', 'set AURORA_PASSWORD');
      return typed;
    },
    totp: () => askHidden('Code: ', 'a second factor needs one'),
    fetch: untilAway,
  });
  await session.token().catch((error: unknown) => {
    // What fetch throws where nobody listens.
    if (!(error instanceof TypeError)) throw error;
    throw new Error(`Nothing answers at ${baseUrl}. Is Aurora running? Locally: npm start`);
  });
  await follow({
    session,
    path: conversationId ? `/api/conversation/${conversationId}/stream` : '/api/calls/stream',
    printer: conversationId ? conversationPrinter() : listPrinter(),
    print: (line) => console.log(line),
    note: (line) => console.error(printable(line)),
    fetch: untilAway,
    signal: away.signal,
  });
}
