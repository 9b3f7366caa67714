import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

/**
 * Writes what Cloud Monitoring watches, or applies it to a deployed project.
 * @param {string[]} flags of the command
 * @returns {Promise<number>} its exit code
 */
export function monitoring(flags) {
  return run(nodeBinary(), ['functions/src/operations/monitoring-command.ts', ...flags]);
}
