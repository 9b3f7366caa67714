/** `npm run eval`: see HELP in arguments.ts. */
import { asError } from '../../functions/src/errors.ts';
import { printable } from '../../functions/src/operations/printable.ts';
import { HELP, readArguments } from './arguments.ts';
import { createCaller } from './caller.ts';
import { predict } from './predict.ts';
import { scoreSets } from './score-sets.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

try {
  process.exitCode = await main();
} catch (thrown) {
  const { name, message, code } = asError(thrown) as Error & { code?: unknown };
  const isUsage = name === 'UsageError' || String(code).startsWith('ERR_PARSE_ARGS');
  console.error(printable(message));
  if (isUsage) console.error('See --help.');
  process.exitCode = isUsage ? WRONG_USAGE : FAILED;
}

async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (wanted.do === 'help') {
    process.stdout.write(HELP);
    return DONE;
  }
  const caller = wanted.model
    ? (await import('./caller-with-model.ts')).callerWithModel(process.env)
    : createCaller();
  if (wanted.do === 'predict') {
    const rows = await predict(caller, wanted.from, wanted.to);
    console.error(`${rows} answers in ${printable(wanted.to)}`);
    return DONE;
  }
  const met = await scoreSets(caller, wanted, (text) => console.log(text));
  return wanted.goals && !met ? FAILED : DONE;
}
