import { localSuite } from './dead-letters.mjs';
import { nodeBinary } from './node-binary.mjs';
import { nodeEnvironment, run } from './processes.mjs';

/**
 * Creates companies and their first supervisors: those of the local suite unless the flags name a
 * deployed project, for which the environment stays as it is.
 * @param {string[]} flags of the command
 * @returns {Promise<number>} its exit code
 */
export function admin(flags) {
  const isDeployed = flags.some((flag) => /^--database-url(=|$)/.test(flag));
  const env = isDeployed ? nodeEnvironment() : { ...nodeEnvironment(), ...localSuite(process.env) };
  return run(nodeBinary(), ['functions/src/operations/admin-command.ts', ...flags], { env });
}
