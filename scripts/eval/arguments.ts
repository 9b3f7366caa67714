import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UsageError } from '../../functions/src/operations/target.ts';

export const HELP = `Scores the assistant, as it answers by its rules alone.

  npm run eval                              the project's own sets, functions/eval
  npm run eval -- FILE...                   other sets; functions/eval/README.md has their form
  npm run eval -- --predict IN OUT          rows { "id", "text" } in, answers out, one a line

  --goals     exit code 1 where a set misses a goal
  --misses    also the rows that were judged wrong; never those of a set that is to stay unseen
  --model     also ask the language model of LLM_MODEL, LLM_API_KEY and LLM_BASE_URL, which is sent
              the rows; where it does not answer in time, the rules do, as on the telephone
  --help      this text

An answer is { "id", "label", "procedure", "sources", "reply", "ms" }: what a caller whose first
words are "text" gets. Exit codes: 0 done, 1 a goal was missed or a file can't be used, 2 wrong usage.
`;

const OWN = ['dev', 'unseen', 'retrieval-dev', 'retrieval-unseen', 'conversations'];

export type EvalArguments =
  | { do: 'help' }
  | { do: 'predict'; from: string; to: string; model: boolean }
  | { do: 'score'; files: string[]; goals: boolean; misses: boolean; model: boolean };

/**
 * @param directory what relative paths are relative to
 * @throws UsageError, or parseArgs' own error
 */
export function readArguments(commandLine: readonly string[], directory: string): EvalArguments {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    allowPositionals: true,
    options: {
      predict: { type: 'boolean', default: false },
      goals: { type: 'boolean', default: false },
      misses: { type: 'boolean', default: false },
      model: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return { do: 'help' };
  const files = positionals.map((file) => resolve(directory, file));
  if (values.predict) {
    const [from, to, ...more] = files;
    if (from === undefined || to === undefined || more.length > 0) {
      throw new UsageError('--predict needs two files: the rows, and where the answers go.');
    }
    if (values.goals || values.misses) {
      throw new UsageError('--goals and --misses need labels: leave --predict out.');
    }
    return { do: 'predict', from, to, model: values.model };
  }
  const { goals, misses, model } = values;
  return { do: 'score', files: files.length > 0 ? files : OWN.map(ownSet), goals, misses, model };
}

export function ownSet(name: string): string {
  return fileURLToPath(new URL(`../../functions/eval/${name}.jsonl`, import.meta.url));
}
