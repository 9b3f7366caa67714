import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Something failed, and what failed has said so, or the message does. */
export class Failure extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

const running = new Set();
let interrupted = false;

/**
 * A terminal sends Ctrl-C to every process in its foreground by itself: passing it on would make
 * it two. Any other signal, and one that does not come from a terminal, reaches only us.
 */
function passOn(signal) {
  interrupted = true;
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  for (const child of running) child.kill(signal);
}

/**
 * Runs a program in the repository and waits for its end, also after a signal.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: 'shared' | 'beside' | 'quiet' }} [options]
 *   `shared`: it has our terminal; `beside`: it is shown, though others show theirs meanwhile;
 *   `quiet`: shown only when it fails
 * @returns {Promise<number>} its exit code
 */
export function run(program, args, { cwd = '.', env = nodeEnvironment(), output = 'shared' } = {}) {
  if (interrupted) return Promise.resolve(130);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: join(ROOT, cwd),
      env,
      stdio: output === 'shared' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const kept = [];
    const take = (stream) => (chunk) => {
      if (output === 'quiet') kept.push(chunk);
      else stream.write(chunk);
    };
    child.stdout?.on('data', take(process.stdout));
    child.stderr?.on('data', take(process.stderr));
    child.once('error', (error) => {
      running.delete(child);
      reject(new Failure(`${program} can't be run: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      if (code !== 0 && !interrupted) process.stderr.write(Buffer.concat(kept));
      resolve(signal ? 130 : code);
    });
  });
}

/**
 * npm passes a signal only to the shell between it and us, which dies of SIGTERM and tells nobody:
 * the loss of the parent counts as the signal.
 */
function watchParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    passOn('SIGTERM');
  }, 250);
  timer.unref();
}

/** Waits for all of them, also when one fails. @throws what the first of them threw */
export async function allDone(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * For everything that is started here: Node 24 and the repository's tools first on PATH, and one
 * place for what Node has compiled, which makes the start of the many processes quicker by a third.
 */
export function nodeEnvironment() {
  const tools = join(ROOT, 'node_modules', '.bin');
  return {
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    ...process.env,
    PATH: `${tools}${delimiter}${process.env.PATH ?? ''}`,
  };
}

/**
 * Does the work of this process, which lives until all that it has started is gone, and then ends
 * with the code that the work gives, or that its Failure carries.
 */
export async function runOrExit(work) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => passOn(signal));
  watchParent();
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (!interrupted) console.error(error.message);
    process.exitCode = interrupted ? 130 : error.exitCode;
  }
}
