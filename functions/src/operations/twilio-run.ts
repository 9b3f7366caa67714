import { AuroraError, asError } from '../errors.ts';
import { createPhoneNumbers } from '../twilio/phone-numbers.ts';
import { type Difference, TITLES } from './number-settings.ts';
import { printable } from './printable.ts';
import { createTestRequests } from './test-requests.ts';
import {
  readTwilioArguments,
  readTwilioSettings,
  type TwilioSettings,
} from './twilio-arguments.ts';
import { createTwilioOperations, type TwilioOperations } from './twilio-operations.ts';

const USAGE = `Usage: npm run twilio -- <command> [flags]

Points telephone numbers at a deployment of Aurora, and tells where they don't lead to it any more.

  setup --number +1555… [--number …]
      asks the deployment with signed test requests that change nothing there, then points each
      number's calls, call status, messages and fallbacks at it, and prints what it changed
      --yes    takes numbers that lead elsewhere without asking (in a script they are not taken without it)
  check [--number +1555…]
      the same test requests, and what the numbers have instead of what they need; without --number
      every number that leads to the deployment in anything
  --help

The deployment is the one that the environment names: PUBLIC_BASE_URL, TWILIO_ACCOUNT_SID and
TWILIO_AUTH_TOKEN, with the values that it has there itself. Where none of them is set, it is the suite
that runs on this machine. Exit codes: 0 done or in order, 1 drift, refused or failed, 2 wrong usage.`;

const DONE = 0;
const NOT_DONE = 1;
const WRONG_USAGE = 2;

/** Milliseconds; an account may have many numbers. */
const DEADLINE = 20_000;

/** Where the command is run: what it is told, what it says, and whom it asks. */
export interface TwilioTerminal {
  environment: Record<string, string | undefined>;
  /** What came of it. */
  out: (line: string) => void;
  /** What was done on the way. */
  note: (line: string) => void;
  /** Whether a number may be taken from others. */
  confirm: (question: string) => Promise<boolean>;
}

/** `npm run twilio`; resolves to its exit code. */
export async function runTwilio(args: string[], terminal: TwilioTerminal): Promise<number> {
  try {
    return await obey(args, terminal);
  } catch (thrown) {
    const error = asError(thrown) as Error & { code?: unknown };
    const isUsage = error.name === 'UsageError' || String(error.code).startsWith('ERR_PARSE_ARGS');
    terminal.note(printable(isUsage ? error.message : `Failed: ${advice(error)}`));
    if (isUsage) terminal.note('See --help.');
    return isUsage ? WRONG_USAGE : NOT_DONE;
  }
}

async function obey(args: string[], terminal: TwilioTerminal): Promise<number> {
  const asked = readTwilioArguments(args);
  if (!asked) {
    terminal.out(USAGE);
    return DONE;
  }
  const settings = readTwilioSettings(terminal.environment);
  const { accountSid, authToken, apiBaseUrl, publicBaseUrl } = settings;
  terminal.note(printable(titleOf(settings)));
  const operations = createTwilioOperations({
    numbers: createPhoneNumbers({ accountSid, authToken, baseUrl: apiBaseUrl, deadline: DEADLINE }),
    requests: createTestRequests({ publicBaseUrl, accountSid, authToken }),
    publicBaseUrl,
    mayTake: async (number, others) => asked.isSure || mayTake(terminal, number, others),
  });
  return asked.name === 'setup'
    ? setUp(operations, asked.numbers, terminal)
    : check(operations, asked.numbers, terminal);
}

function titleOf({ accountSid, apiBaseUrl, publicBaseUrl }: TwilioSettings): string {
  const where = apiBaseUrl === undefined ? '' : ` at ${apiBaseUrl}`;
  return `Aurora at ${publicBaseUrl}, Twilio's account ${accountSid}${where}`;
}

/** A number is pointed only at what has answered as it should. */
async function setUp(
  operations: TwilioOperations,
  numbers: readonly string[],
  terminal: TwilioTerminal,
): Promise<number> {
  const { out, note } = terminal;
  if (!(await answers(operations, terminal))) {
    note('No number was changed.');
    return NOT_DONE;
  }
  let code = DONE;
  for (const number of numbers) {
    const pointed = await operations.point(number);
    if (!pointed) {
      note(`${number} was left as it is: it leads elsewhere. With --yes it is taken.`);
      code = NOT_DONE;
      continue;
    }
    for (const change of pointed.changes) out(`${number}  ${changed(change)}`);
    const done =
      pointed.changes.length === 0 ? 'was pointed at Aurora already' : 'leads to Aurora now';
    out(`${number}  ${done}; its calls are those of company ${pointed.company}`);
    if (!pointed.number.takesTexts) out(`${number}  takes no text messages at Twilio`);
  }
  return code;
}

async function check(
  operations: TwilioOperations,
  numbers: readonly string[],
  terminal: TwilioTerminal,
): Promise<number> {
  const { out, note } = terminal;
  let isInOrder = await answers(operations, terminal);
  const drifts = await operations.drift(numbers);
  if (drifts.length === 0) {
    note('No number of the account leads here: point one by setup.');
    return NOT_DONE;
  }
  for (const { number, differences } of drifts) {
    for (const { name, before, after } of differences) {
      out(
        printable(`${number.number}  ${TITLES[name]}: is ${shown(before)}, needs ${shown(after)}`),
      );
    }
    if (differences.length === 0) out(`${number.number}  in order`);
    else isInOrder = false;
  }
  return isInOrder ? DONE : NOT_DONE;
}

async function answers(operations: TwilioOperations, { note }: TwilioTerminal): Promise<boolean> {
  const faults = await operations.faults();
  for (const fault of faults) note(printable(fault));
  if (faults.length > 0) return false;
  note('It answers signed requests, refuses others, and has its fallbacks.');
  return true;
}

function changed({ name, before, after }: Difference): string {
  return printable(`${TITLES[name]}: ${shown(before)} -> ${shown(after)}`);
}

function shown(value: string): string {
  return value === '' ? 'nothing' : value;
}

async function mayTake(
  { note, confirm }: TwilioTerminal,
  number: string,
  others: readonly Difference[],
): Promise<boolean> {
  note(`${number} leads elsewhere:`);
  for (const { name, before } of others) note(printable(`  ${TITLES[name]}: ${before}`));
  return confirm('Point it at Aurora instead?');
}

/** What Twilio's refusals mean for whoever sits here. */
function advice(error: Error): string {
  if (!(error instanceof AuroraError)) return error.message;
  if (error.code === 'twilio_refused' && error.status === 401) {
    return 'Twilio does not accept TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN: take both from its console.';
  }
  if (error.code === 'twilio_away') return 'Twilio gave no answer: try again.';
  return error.message;
}
