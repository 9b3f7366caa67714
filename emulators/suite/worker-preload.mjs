/*
 * Loaded into every worker process before anything else. Besides firebase-tools.ts this is the
 * only place that knows of firebase-tools' inside, and firebase-tools.test.ts watches it, too.
 */
import { readFileSync } from 'node:fs';
import { createRequire, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';

// A worker is killed in the end, so it keeps what it has compiled once it stands.
setTimeout(flushCompileCache, 5_000).unref();

// When the suite is gone, even by SIGKILL, so is the worker.
process.once('disconnect', () => process.exit());

/*
 * A worker loads 1,200 modules of firebase-tools for the sake of this one function, which is half
 * of its cold start; it is given the function alone.
 */
const require = createRequire(import.meta.url);
const file = require.resolve('firebase-tools/lib/emulator/functionsEmulatorShared.js');
require.cache[file] = { id: file, filename: file, loaded: true, exports: { findModuleRoot } };

/** The folder of the package of this name that a file lies in; empty when there is none. */
function findModuleRoot(name, path) {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (nameOf(folder) === name) return folder;
  }
  return '';
}

function nameOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
  } catch {
    return undefined;
  }
}
