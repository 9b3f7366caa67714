import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalThing, localThings } from './local-things.ts';
import { packFunctions, ROOT } from './pack.ts';

/** What exists for local runs stays here: nothing of it is in what is deployed. */

const run = promisify(execFile);
const things = await localThings();

let folder: string;
/** What is deployed, by path. */
let deployed: Map<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aurora-left-behind-'));
  await packFunctions(join(folder, 'functions'));
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const vite = join(ROOT, 'dashboard/node_modules/.bin/vite');
  await run(vite, ['build', '--outDir', join(folder, 'dashboard'), '--logLevel', 'error'], {
    cwd: join(ROOT, 'dashboard'),
    env,
  });
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  deployed = new Map(
    await Promise.all(
      paths.map(
        async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const,
      ),
    ),
  );
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Where which of them are. */
function found(files: ReadonlyMap<string, string>, of: readonly LocalThing[] = things): string[] {
  return [...files].flatMap(([path, text]) =>
    of.filter(({ isIn }) => isIn(text)).map(({ name }) => `${name} in ${path}`),
  );
}

describe('what is deployed', () => {
  it('is there, functions and pages', () => {
    const paths = [...deployed.keys()];
    expect(paths).toContain('functions/lib/index.js');
    expect(paths).toContain('dashboard/index.html');
    expect(paths.filter((path) => /^dashboard\/assets\/.*\.js$/.test(path)).length).toBeGreaterThan(
      3,
    );
  });

  it('holds no local secret, nothing of the telephone, and no trace of local runs', () => {
    expect(found(deployed)).toEqual([]);
  });

  it('has no test, fixture, evaluation, source map, or secret as a file', () => {
    const wrong =
      /\.(test|fixture|spec)\.|\.map$|\.secret|\.env|(^|\/)(eval|emulators|telephone)\//;
    expect([...deployed.keys()].filter((path) => wrong.test(path))).toEqual([]);
  });

  it('is built beside the telephone, not around it', async () => {
    const { hosting } = JSON.parse(await readFile(join(ROOT, 'firebase.json'), 'utf8'));
    const telephone = resolve(ROOT, 'dashboard/telephone');
    expect(`${telephone}/`.startsWith(`${resolve(ROOT, hosting.public)}/`)).toBe(false);
    expect(`${resolve(ROOT, hosting.public)}/`.startsWith(`${telephone}/`)).toBe(false);
  });
});

describe('the search', () => {
  it('knows the secrets of each module that defines some', () => {
    const names = things.map(({ name }) => name).join('\n');
    for (const where of [
      'LOCAL_AUTH_TOKEN',
      'LOCAL_ACCOUNT_SID',
      'JWT_SECRET',
      'LLM_API_KEY',
      'password',
      'Basic',
    ]) {
      expect(names).toMatch(new RegExp(`${where} of|${where}`, 'i'));
    }
    expect(things.length).toBeGreaterThan(30);
  });

  it.each(things)('finds $name where it is planted', (thing) => {
    const path = 'functions/lib/index.js';
    const text = `${deployed.get(path)}\nconst x = ${thing.example};`;
    expect(found(new Map([[path, text]]), [thing])).toEqual([`${thing.name} in ${path}`]);
  });

  it('finds a secret in a minified page, in whichever quotes it is', () => {
    for (const quote of ['"', "'", '`']) {
      const page = `let a={email:e,password:${quote}password${quote}};`;
      expect(found(new Map([['dashboard/assets/x.js', page]]))).not.toEqual([]);
    }
    expect(found(new Map([['x.js', 'jsx("input",{type:"password"})']]))).toEqual([]);
  });
});
