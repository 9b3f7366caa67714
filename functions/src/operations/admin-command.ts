/** `npm run admin`: see USAGE. */
import { userInfo } from 'node:os';
import { createAdminAccounts } from '../access/admin-accounts.ts';
import { createAdminStates } from '../access/admin-state.ts';
import { createAdminWriter } from '../access/admin-writer.ts';
import { createLinks } from '../access/links.ts';
import { createAudit } from '../admin/audit.ts';
import { AuroraError, asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { within } from '../within.ts';
import { type AdminCommand, readAdminArguments, readBaseUrl } from './admin-arguments.ts';
import { type CompanySummary, createAdminOperations } from './admin-operations.ts';
import { compareInsights, type InsightsFlags } from './insights-operations.ts';
import { type OpenProject, openProject } from './open-project.ts';
import { printable } from './printable.ts';
import { chooseTarget } from './target.ts';

const USAGE = `Usage: npm run admin -- <command> [flags]

Companies and the people who manage them. Nobody's password is typed here: each command that needs
one prints a link with which the person chooses it. A link is good once; pass it on in private.

  create                a company and its first company_admin, with an invitation
    --company ID --name "Plant" --email E --admin-name N
    [--time-zone Z]     IANA name, such as Asia/Kolkata; default: the installation's
    [--number +1555…]   the number that is dialled; [--move] takes it from another company
  link --email E        a new link for somebody who is there; older ones are void
    [--clear-totp]      using it removes the second factor, too
  number --company ID --number +1555… [--move]
  operator on --email E somebody sees how this installation is doing (GET /api/operations);
                        operator off takes it away within ten seconds
  list                  every company with its numbers and supervisors
  insights check --company ID    whether the counts are those of the archive; says what differs
  insights rebuild --company ID  puts them right; safe at any time, and may be cut off and repeated
    [--from D] [--to D]          days such as 2026-11-03; default: all, the newest first

  --project ID          the deployed project to work on; default: the local suite
  --database-url URL    its Realtime Database, e.g. https://ID-default-rtdb.firebaseio.com
  --base-url URL        its Hosting address, e.g. https://ID.web.app: links lead there
  --help

A deployed project is reached with your application default credentials. Every change is in the audit
log under your name on this machine. Exit codes: 0 done, 1 refused, failed or, for insights check,
something differs, 2 wrong usage.`;

const DONE = 0;
const NOT_DONE = 1;
const WRONG_USAGE = 2;

/** Milliseconds; Firestore's client tries for minutes where nobody listens. */
const DEADLINE = 30_000;

/** Nothing that is done here writes to it. */
const terminalLog: Log = {
  info: () => {},
  warn: (message) => console.error(message),
  error: (message) => console.error(message),
  alert: (message) => console.error(message),
};

try {
  await main(process.argv.slice(2));
  process.exitCode = DONE;
} catch (thrown) {
  const error = asError(thrown) as Error & { code?: unknown };
  const isUsage = error.name === 'UsageError' || String(error.code).startsWith('ERR_PARSE_ARGS');
  const isRefusal = error instanceof AuroraError && error.status < 500;
  const isSilence = error.code === 'deadline_exceeded';
  if (isSilence) {
    console.error('The databases gave no answer within 30 seconds: is the suite running?');
  } else {
    const failure = `Failed (${error.code ?? error.name}): ${error.message}`;
    console.error(printable(isUsage || isRefusal ? error.message : failure));
  }
  if (isUsage) console.error('See --help.');
  // A client that is still trying to reach its server would keep the process alive.
  process.exit(isUsage ? WRONG_USAGE : NOT_DONE);
}

async function main(args: string[]): Promise<void> {
  const asked = readAdminArguments(args);
  if (!asked) {
    console.log(USAGE);
    return;
  }
  const target = chooseTarget(asked.target, process.env);
  const { name } = asked.command;
  const printsLink = name === 'create' || name === 'link';
  const given = asked.baseUrl ?? (target.isLocal ? process.env.PUBLIC_BASE_URL : undefined);
  const baseUrl = printsLink ? readBaseUrl(given, target.isLocal) : '';
  console.error(`Companies of ${printable(target.description)}`);
  const timeZone = process.env.TIME_ZONE || 'Asia/Kolkata';
  const opened = openProject(target, timeZone);
  if (asked.command.name === 'insights') await runInsights(asked.command.flags, opened, timeZone);
  else await within(DEADLINE, run(asked.command, operationsOf(opened, baseUrl)));
  await opened.close();
}

/** However long it takes: what it does is told as it goes. */
async function runInsights(
  { action, ...flags }: InsightsFlags & { action: 'check' | 'rebuild' },
  opened: OpenProject,
  timeZone: string,
): Promise<void> {
  await within(DEADLINE, opened.firestore.doc(stored.company(flags.company)).get());
  const mend = action === 'rebuild';
  const print = (line: string) => console.log(printable(line));
  const wereRight = await compareInsights(opened, flags, {
    mend,
    timeZone,
    log: terminalLog,
    print,
  });
  if (!mend && !wereRight)
    throw new AuroraError(409, 'differs', 'Put it right by insights rebuild.');
}

type Operations = ReturnType<typeof createAdminOperations>;

function operationsOf({ firestore, database }: OpenProject, baseUrl: string): Operations {
  const now = () => Date.now();
  const states = createAdminStates(database);
  const audit = createAudit({ firestore, log: terminalLog });
  const writer = createAdminWriter({ firestore, states, audit, forget: () => {}, now });
  const accounts = createAdminAccounts({ firestore, states, audit, writer });
  const links = createLinks({ firestore, audit, baseUrl, now });
  return createAdminOperations({ firestore, audit, accounts, writer, links, operator: operator() });
}

async function run(
  command: Exclude<AdminCommand, { name: 'insights' }>,
  operations: Operations,
): Promise<void> {
  if (command.name === 'list') {
    for (const company of await operations.list()) show(company);
    return;
  }
  if (command.name === 'number') {
    const { company, number, move } = command.flags;
    const isNew = await operations.number(company, number, move);
    console.error(isNew ? `${company} has the number now.` : 'The company had the number already.');
    return;
  }
  if (command.name === 'operator') {
    const { email, state } = command.flags;
    const isNew = await operations.operator(email, state === 'on');
    console.error(isNew ? `${email}: operator ${state}.` : 'That was so already.');
    return;
  }
  if (command.name === 'link') {
    const { email, 'clear-totp': clearTotp } = command.flags;
    showLink((await operations.link(email, clearTotp)).link);
    return;
  }
  const { company, name, 'admin-name': adminName, 'time-zone': timeZone, ...rest } = command.flags;
  const made = await operations.create({
    ...rest,
    companyId: company,
    companyName: name,
    adminName,
    timeZone,
  });
  if (!made.isNew) console.error('The company was there already: its name and zone stay.');
  showLink(made.link);
}

/** The link alone goes to the output, so that it can be piped to where it should go. */
function showLink({ url, expires_at }: { url: string; expires_at: string }): void {
  console.error(`Pass this link on in private. It is good once, until ${expires_at}:`);
  console.log(url);
}

function show({ id, name, numbers, admins }: CompanySummary): void {
  console.log(printable([id, name, ...numbers].filter(Boolean).join('  ')));
  for (const { email, role, disabled, operator, password_hash, totp_secret } of admins) {
    const notes = [
      operator && 'operator',
      disabled && 'disabled',
      password_hash === undefined && 'no password yet',
      totp_secret !== undefined && 'second factor',
    ].filter(Boolean);
    console.log(printable(`  ${[email, role, ...notes].join('  ')}`));
  }
}

/** Who sits at the terminal. */
function operator(): string {
  try {
    return userInfo().username || 'operator';
  } catch {
    return 'operator';
  }
}
