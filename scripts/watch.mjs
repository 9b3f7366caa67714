import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

/**
 * Follows a conversation, or the live calls, in the terminal.
 * @param {string[]} flags of the command
 * @returns {Promise<number>} its exit code
 */
export function watch(flags) {
  return run(nodeBinary(), ['scripts/watch/watch-command.ts', ...flags]);
}
