import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectToRestServer } from '../../emulators/twilio/control-client.ts';
import { createHandset, createPhone } from '../../emulators/twilio/telephone.ts';
import { login, telephone } from './support.ts';

/** The day of docs/http-api.md, run as it stands. */

const suite = inject('suite');
const run = promisify(execFile);

/** Milliseconds; the day itself has streams and telephones in it that take their time. */
const PATIENCE = 180_000;

const CURL = join(import.meta.dirname, 'documented/curl.mjs');
const PAGE = join(import.meta.dirname, '../../docs/http-api.md');

/** A folder whose `curl` is ours: a machine need not have one. */
async function folderWithCurl(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aurora-curl-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'curl'), `#!/bin/sh\nexec '${process.execPath}' '${CURL}' "$@"\n`);
  await chmod(join(folder, 'curl'), 0o755);
  return folder;
}

async function openOnce(path: string): Promise<void> {
  const headers = { authorization: `Bearer ${await login(suite)}` };
  const response = await fetch(suite.baseUrl + path, { headers });
  expect(response.status).toBe(200);
  await response.body?.cancel();
}

/** Somebody is on the telephone all day, and the supervisor's own phone is picked up. */
async function peopleOnTelephones(): Promise<void> {
  const line = await connectToRestServer({ restUrl: `http://127.0.0.1:${suite.ports.twilio}` });
  const phone = await createPhone({
    number: '+15550100010',
    line,
    timeScale: 0,
    onRing: () => {
      const handset = createHandset();
      handset.press('1');
      return { answer: handset.caller };
    },
  });
  const handset = createHandset();
  handset.say('the guard of the lathe is missing');
  const hungUp = new AbortController();
  const over = telephone(suite, {
    caller: handset.caller,
    switchboard: line,
    signal: hungUp.signal,
  });
  onTestFinished(async () => {
    hungUp.abort();
    await over;
    await phone.close();
    line.close();
  });
}

it(
  'a supervisor’s day can be done with the lines of docs/http-api.md',
  async () => {
    // The page gives streams a few seconds, which a function that only starts may need for itself.
    await openOnce('/api/calls/stream');
    await peopleOnTelephones();
    const page = await readFile(PAGE, 'utf8');
    const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines);
    const script = blocks.join('\n').replace(/^AURORA=.*$/m, `AURORA=${suite.baseUrl}`);
    const { PATH = '' } = process.env;
    const path = [await folderWithCurl(), dirname(process.execPath), PATH].join(delimiter);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
      env: { PATH: path },
      timeout: PATIENCE - 5_000,
    });
    for (const shown of [
      'event: initial',
      'there is a fire in the paint shop',
      '"final_action":"resolved"',
      'Extinguished by the shift lead. Nobody hurt.',
      '"role":"supervisor"',
      '"action":"api_key.created"',
      'Only the person whose name is on the lock.',
      '"reason":"The keys have moved."',
    ]) {
      expect(stdout).toContain(shown);
    }
  },
  PATIENCE,
);

it('docs/http-api.md lists just those routes that the API describes', async () => {
  const page = await readFile(PAGE, 'utf8');
  const listed = [...page.matchAll(/^\| `([A-Z]+ \/\S+)` \|/gm)].map(([, route]) => route);
  const response = await fetch(`${suite.baseUrl}/api/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, object> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.sort()).toEqual(described.sort());
});
