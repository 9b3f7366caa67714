/** `npm run dead-letters`: see USAGE. */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { asError } from '../errors.ts';
import { createDeadLetterReplay, type LetterSummary, parseJson } from './dead-letters.ts';
import { createLetterBox } from './letter-box.ts';
import { openProject } from './open-project.ts';
import { printable } from './printable.ts';
import { chooseTarget, type Target, UsageError } from './target.ts';

const USAGE = `Usage: npm run dead-letters -- <command> [flags]

Events that no repetition could bring home are kept as dead letters. When what was in their way is
mended, they are replayed; a letter is removed when its events have come home, and only then.

  list                  every letter, the oldest first, without anybody's words
  show ID               one letter with all that it holds, the caller's words included
  replay ID | all       tries the events again; what still fails stays, with its new reason

  --project ID          the deployed project to work on; default: the local suite
  --database-url URL    its Realtime Database, e.g. https://ID-default-rtdb.firebaseio.com
  --yes                 replay in a deployed project without asking (nothing is asked in a script)
  --help

A deployed project is reached with your application default credentials. Exit codes: 0 done, 1 a
letter stays or something failed, 2 wrong usage.`;

type DeadLetters = ReturnType<typeof createDeadLetterReplay>;

const DONE = 0;
const NOT_DONE = 1;
const WRONG_USAGE = 2;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  const { name, message, code } = asError(thrown) as Error & { code?: unknown };
  const isUsage = name === 'UsageError' || String(code).startsWith('ERR_PARSE_ARGS');
  console.error(printable(isUsage ? message : `Failed (${code ?? name}): ${message}`));
  if (isUsage) console.error('See --help.');
  // A client that is still trying to reach its server would keep the process alive.
  process.exit(isUsage ? WRONG_USAGE : NOT_DONE);
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      project: { type: 'string' },
      'database-url': { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return DONE;
  }
  const command = readCommand(positionals);
  const { project, 'database-url': databaseUrl } = values;
  const target = chooseTarget({ project, databaseUrl }, process.env);
  console.error(`Dead letters of ${printable(target.description)}`);
  const opened = openProject(target, process.env.TIME_ZONE || 'Asia/Kolkata');
  const letters = createLetterBox(opened.firestore);
  const deadLetters = createDeadLetterReplay({ letters, apply: opened.mirror.apply });
  const code = await command(deadLetters, () => mayReplay(target, values.yes));
  await opened.close();
  return code;
}

type Command = (deadLetters: DeadLetters, mayReplay: () => Promise<boolean>) => Promise<number>;

/** @throws UsageError */
function readCommand([name, id, ...rest]: string[]): Command {
  if (rest.length > 0) throw new UsageError('There is one command, with one id at most.');
  if (name === 'list' && id === undefined) return list;
  if (name !== 'show' && name !== 'replay') {
    throw new UsageError('The commands are: list, show ID, replay ID, replay all.');
  }
  if (name === 'replay' && id === 'all') return replayAll;
  if (!/^[0-9A-Za-z_-]{1,128}$/.test(id ?? '')) {
    throw new UsageError(`${name} needs the id of a letter, as list shows it.`);
  }
  return (deadLetters, mayReplay) => one(name, id ?? '', deadLetters, mayReplay);
}

async function list(deadLetters: DeadLetters): Promise<number> {
  const letters = await deadLetters.list();
  console.error(letters.length === 0 ? 'There are none.' : `${letters.length}, oldest first:`);
  for (const letter of letters) console.log(line(letter));
  return DONE;
}

function line({ id, recordedAt, reason, types, callSid }: LetterSummary): string {
  const when = recordedAt?.toISOString() ?? 'time unknown';
  return [id, when, callSid ?? 'no CallSid', types.join(','), reason].map(printable).join('  ');
}

async function one(
  name: 'show' | 'replay',
  id: string,
  deadLetters: DeadLetters,
  mayReplay: () => Promise<boolean>,
): Promise<number> {
  const letter = await deadLetters.find(id);
  if (letter === undefined) {
    console.error(`There is no letter ${id}: see list.`);
    return NOT_DONE;
  }
  if (name === 'show') {
    const { recordedAt: recorded_at, reason, payload } = letter;
    const whole = { id, recorded_at, reason, payload: parseJson(payload) ?? payload };
    for (const text of JSON.stringify(whole, null, 2).split('\n')) console.log(printable(text));
    return DONE;
  }
  if (!(await mayReplay())) return NOT_DONE;
  return told(await deadLetters.replay(letter)) ? DONE : NOT_DONE;
}

async function replayAll(
  deadLetters: DeadLetters,
  mayReplay: () => Promise<boolean>,
): Promise<number> {
  if (!(await mayReplay())) return NOT_DONE;
  let home = 0;
  let stay = 0;
  await deadLetters.replayAll((replayed) => {
    if (told(replayed)) home++;
    else stay++;
  });
  console.error(`${home} brought home, ${stay} stay.`);
  return stay === 0 ? DONE : NOT_DONE;
}

function told({ id, reason }: { id: string; reason: string | undefined }): boolean {
  console.log(`${id}  ${reason === undefined ? 'brought home' : `stays: ${printable(reason)}`}`);
  return reason === undefined;
}

async function mayReplay({ isLocal, projectId }: Target, isSure: boolean): Promise<boolean> {
  if (isLocal || isSure || !process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const question = terminal.question(`Replay in the deployed project ${projectId}? [y/N] `);
  // Ctrl-D closes the line and leaves the question open.
  const answer = await Promise.race([question, once(terminal, 'close').then(() => '')]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
