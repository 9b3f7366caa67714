import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const tools = join(dirname(require.resolve('firebase-tools/package.json')), 'lib');

export const ROOT = join(import.meta.dirname, '../..');

/** Unpacks what `firebase deploy` would upload of the functions; the packing is firebase-tools' own. */
export async function packFunctions(target: string): Promise<void> {
  const { prepareFunctionsUpload } = require(
    join(tools, 'deploy/functions/prepareFunctionsUpload.js'),
  );
  const { unzip } = require(join(tools, 'unzip.js'));
  const { functions } = JSON.parse(await readFile(join(ROOT, 'firebase.json'), 'utf8'));
  const upload = await prepareFunctionsUpload(ROOT, join(ROOT, 'functions'), functions[0], []);
  await mkdir(target);
  await unzip(upload.pathToSource, target);
  await rm(upload.pathToSource);
}
