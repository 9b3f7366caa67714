import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

/**
 * Scores the assistant on labelled rows, or writes what it answers to rows without labels.
 * @param {string[]} flags of the command
 * @returns {Promise<number>} its exit code
 */
export function evaluate(flags) {
  return run(nodeBinary(), ['scripts/eval/eval-command.ts', ...flags]);
}
