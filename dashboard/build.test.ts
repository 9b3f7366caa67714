import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

/** Builds into a folder that is removed when the test is over. */
async function built(environment: Record<string, string> = {}): Promise<string> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const outDir = await mkdtemp(join(tmpdir(), 'aurora-dashboard-'));
  onTestFinished(() => rm(outDir, { recursive: true }));
  const root = fileURLToPath(new URL('.', import.meta.url));
  await build({ root, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
  return outDir;
}

describe('the built page', () => {
  it('has no inline script or style and asks no other origin', async () => {
    const folder = await built();
    for (const name of ['index.html', 'password.html']) {
      const page = await readFile(join(folder, name), 'utf8');
      expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|https?:/i);
      const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)</g)];
      expect(scripts.map(([, , inside]) => inside)).toEqual(['']);
    }
    for (const name of await readdir(join(folder, 'assets'))) {
      const asset = await readFile(join(folder, 'assets', name), 'utf8');
      expect(asset).not.toMatch(/@import|url\(|\beval\(|innerHTML/);
    }
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
