import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary } from './node-binary.mjs';
import { allDone, Failure, ROOT, run } from './processes.mjs';

/** Has no use for install scripts: its one native package brings what it would else compile. */
const WITHOUT_SCRIPTS = ['bench'];

const STAMP = join('node_modules', '.aurora-installed');

/**
 * Installs the packages of these folders where that has not been done, or not for this lock file.
 * @param {...string} folders relative to the repository; the root comes first, Node is in it
 */
export async function install(...folders) {
  const [root, ...others] = folders.filter((folder) => needsInstall(join(ROOT, folder)));
  // Alone when it is the root: it brings the Node that the others may want to run.
  if (root) await installOne(root);
  await allDone(others.map(installOne));
  nodeBinary();
}

async function installOne(folder) {
  console.log(`Installing the packages of ${folder === '.' ? 'the repository' : `${folder}/`} …`);
  const [program, ...args] = npm();
  const flags = ['ci', '--no-audit', '--no-fund'];
  if (WITHOUT_SCRIPTS.includes(folder)) flags.push('--ignore-scripts');
  const code = await run(program, [...args, ...flags], {
    cwd: folder,
    env: process.env,
    output: 'quiet',
  });
  if (code !== 0) throw new Failure(`npm ci failed in ${folder}/.`, code);
  stamp(join(ROOT, folder));
}

/** npm as it was called, on the Node it was called with; else the one on PATH. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  return script?.endsWith('.js') && node ? [node, script] : ['npm'];
}

/** @param {string} directory absolute */
export function needsInstall(directory) {
  const file = join(directory, STAMP);
  return !existsSync(file) || readFileSync(file, 'utf8') !== fingerprint(directory);
}

/** Remembers that the packages of this folder are those of its lock file. */
export function stamp(directory) {
  writeFileSync(join(directory, STAMP), fingerprint(directory));
}

/**
 * The lock file names every version, Node's own among them; the platform decides which of the
 * native packages are installed. The Node that npm runs under decides nothing.
 */
function fingerprint(directory) {
  return createHash('sha256')
    .update(readFileSync(join(directory, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
}
