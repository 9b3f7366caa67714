import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { firstLoads } from './first-load.ts';

afterEach(() => vi.unstubAllEnvs());

const ROOT = fileURLToPath(new URL('.', import.meta.url));

/** Builds into a folder that is removed when the test is over. */
async function built(environment: Record<string, string> = {}): Promise<string> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const outDir = await mkdtemp(join(tmpdir(), 'aurora-dashboard-'));
  onTestFinished(() => rm(outDir, { recursive: true }));
  await build({ root: ROOT, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
  return outDir;
}

describe('the built page', () => {
  it('has no inline script or style and asks no other origin', async () => {
    const folder = await built();
    for (const name of ['index.html', 'password.html', 'status.html']) {
      const page = await readFile(join(folder, name), 'utf8');
      expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|https?:/i);
      const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)</g)];
      expect(scripts.map(([, , inside]) => inside)).toEqual(['']);
    }
    for (const name of await readdir(join(folder, 'assets'))) {
      const asset = await readFile(join(folder, 'assets', name), 'utf8');
      const foreign = name.endsWith('.css')
        ? /@import|url\((?!data:|\/assets\/)/
        : /\beval\(|\bnew Function\(|url\(["']?https?:/;
      // Not the asset itself, which would bury the news under half a megabyte.
      expect([name, foreign.exec(asset)?.[0]]).toEqual([name, undefined]);
    }
  });

  it('is there within 200 kB, compressed, whichever screen comes first', async () => {
    // Else the test runner's own value builds React as developers have it.
    vi.stubEnv('NODE_ENV', 'production');
    const loads = await firstLoads(ROOT);
    for (const [screen, files] of Object.entries(loads)) {
      const total = files.reduce((sum, { compressed }) => sum + compressed, 0);
      expect(files.length, screen).toBeGreaterThan(3);
      expect(total, `${screen}: ${files.map(({ file }) => file).join(' ')}`).toBeLessThan(200_000);
    }
  });

  it('has the style sheet of each of Mantine’s components that a screen imports', async () => {
    const styles = (
      await Promise.all(
        ['mantine-styles.ts', 'office-styles.ts'].map((name) =>
          readFile(join(ROOT, 'src/app', name), 'utf8'),
        ),
      )
    ).join('');
    const folder = join(ROOT, 'node_modules/@mantine/core/styles');
    const sheets = new Set((await readdir(folder)).map((name) => name.replace('.css', '')));
    const sources = (await readdir(join(ROOT, 'src'), { recursive: true })).filter((name) =>
      name.endsWith('.tsx'),
    );
    const missing: string[] = [];
    for (const source of sources) {
      const text = await readFile(join(ROOT, 'src', source), 'utf8');
      const [, imported = ''] = /import \{([^}]*)\} from '@mantine\/core'/.exec(text) ?? [];
      for (const name of imported.split(',').map((each) => each.trim())) {
        if (!sheets.has(name) || styles.includes(`/${name}.css'`)) continue;
        missing.push(`${source}: ${name}`);
      }
    }
    expect(sources.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it("stands beside Twilio's fallback document, made from the build's environment", async () => {
    const folder = await built({
      EMERGENCY_NUMBER: '911',
      FALLBACK_HUMAN_NUMBER: '+15550100009',
    });
    const document = await readFile(join(folder, 'twilio-fallback.xml'), 'utf8');
    expect(document).toContain('call 9 1 1 now');
    expect(document).toContain('<Number>+15550100009</Number>');
  });

  it('is not built with a number that cannot be dialled', async () => {
    await expect(built({ FALLBACK_HUMAN_NUMBER: '555' })).rejects.toThrow(
      'FALLBACK_HUMAN_NUMBER must be in E.164 form',
    );
  });
});
