import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

/**
 * Learns the floor's second opinion again, from the labelled rows of the repository.
 * @param {string[]} flags of the command
 * @returns {Promise<number>} its exit code
 */
export function train(flags) {
  return run(nodeBinary(), ['scripts/train/train-command.ts', ...flags]);
}
