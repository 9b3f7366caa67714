import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFunctions } from './pack.ts';

/**
 * What `firebase deploy` would upload, installed alone and discovered as the platform does it: the
 * packing is firebase-tools' own, the loading is firebase-functions' own.
 */
const run = promisify(execFile);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aurora-deploy-'));
}, 10_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Manifest {
  endpoints: Record<string, { secretEnvironmentVariables?: { key: string }[] }>;
}

/** Everything that decides how the functions run, without what a new library version may reword. */
async function discover(target: string, settings: object = {}): Promise<Manifest> {
  const output = join(folder, 'manifest.json');
  await run(
    process.execPath,
    [join(target, 'node_modules/firebase-functions/lib/bin/firebase-functions.js'), target],
    {
      cwd: target,
      env: {
        PATH: process.env.PATH,
        FUNCTIONS_CONTROL_API: 'true',
        FUNCTIONS_MANIFEST_OUTPUT_PATH: output,
        GCLOUD_PROJECT: 'demo-aurora',
        ...settings,
      },
    },
  );
  return JSON.parse(await readFile(output, 'utf8'));
}

describe('firebase deploy', () => {
  it('uploads the built functions, installs from their own lock, and declares what was reviewed', async () => {
    const target = join(folder, 'functions');
    await packFunctions(target);
    const files = await readdir(target);
    expect(files).toEqual(
      expect.arrayContaining([
        'lexicon',
        'lib',
        'manuals',
        'package-lock.json',
        'package.json',
        'prompts',
      ]),
    );
    expect(files).not.toEqual(expect.arrayContaining(['src']));
    expect(files).not.toEqual(expect.arrayContaining(['.secret.local']));
    await run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: target });
    await expect(await discover(target)).toMatchObject({ specVersion: 'v1alpha1' });
    const manifest = `${JSON.stringify(await discover(target), null, 2)}\n`;
    await expect(manifest).toMatchFileSnapshot('manifest.snapshot.json');
    // firebase-tools gives functions/.env.<project> to this step: a model that is set there needs its key.
    const { endpoints } = await discover(target, { LLM_MODEL: 'some-model' });
    const withKey = Object.entries(endpoints).filter(([, { secretEnvironmentVariables: all }]) =>
      all?.some(({ key }) => key === 'LLM_API_KEY'),
    );
    expect(withKey.map(([name]) => name)).toEqual(['twilio']);
    expect(manifest).not.toContain('LLM_API_KEY');
  }, 240_000);
});
