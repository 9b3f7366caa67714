import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { keysTexts } from '../../dashboard/src/texts/office/keys.ts';
import { peopleTexts } from '../../dashboard/src/texts/office/people.ts';
import { sitesTexts } from '../../dashboard/src/texts/office/sites.ts';
import { workersTexts } from '../../dashboard/src/texts/office/workers.ts';
import { scriptedCaller } from '../../emulators/twilio/telephone.ts';
import { ask, closeClients, telephone } from '../journeys/support.ts';
import { chooseHindi, collectFaults, LOOKS } from './axe.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn } from './page.ts';

/** WCAG 2.2 AA as far as a machine can tell, on every screen of the office. */

const suite = inject('suite');

/** Every part of the office, and the button of it that opens a dialog, where it has one. */
const PARTS: readonly { path: string; opens?: { en: string; hi: string } }[] = [
  { path: 'workers', opens: { en: workersTexts.en.add, hi: workersTexts.hi.add } },
  { path: 'workers/import' },
  { path: 'sites', opens: { en: sitesTexts.en.add, hi: sitesTexts.hi.add } },
  { path: 'people', opens: { en: peopleTexts.en.invite, hi: peopleTexts.hi.invite } },
  { path: 'numbers' },
  { path: 'on-call' },
  { path: 'settings' },
  { path: 'keys', opens: { en: keysTexts.en.make, hi: keysTexts.hi.make } },
  { path: 'audit' },
  { path: 'account' },
  { path: 'manuals' },
  { path: 'manuals/new' },
  { path: 'manuals/unanswered' },
  { path: 'manuals/cards/fire.en' },
  { path: 'insights' },
  { path: 'operations' },
];

beforeAll(async () => {
  await telephone(suite, { caller: scriptedCaller(['there is a fire in the paint shop']) });
  const counted = async () => Number((await ask(suite, '/api/insights')).body.calls) > 0;
  await vi.waitUntil(counted, { timeout: 110_000, interval: 200 });
});

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

describe.each(LOOKS)('at $width pixels, dark: $dark, in $language', (look) => {
  it('every screen of the office keeps the rules, and none is wider than the window', async () => {
    const window = await openWindow({ ...look, language: 'en', baseUrl: suite.baseUrl });
    onTestFinished(() => window.context.close());
    const { page } = window;
    const { faults, check } = collectFaults(window);
    await signIn(window);
    if (look.language === 'hi') await chooseHindi(window);
    for (const { path, opens } of PARTS) {
      await page.goto(`/office/${path}`);
      const head = page.getByRole('heading', { level: 1 });
      await head.waitFor().catch(() => faults.push(`${path}: has no heading`));
      await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
      if (path === 'insights') {
        await page.locator('.recharts-bar-rectangle').first().waitFor();
        for (const summary of await page.locator('summary').all()) await summary.click();
      }
      await check(path);
      if ((await head.count()) > 1) faults.push(`${path}: has several headings of the first level`);
      if (!opens) continue;
      await page.getByRole('button', { name: opens[look.language], exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await check(`${path}, dialog`, '[role="dialog"]');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }
    expect(faults).toEqual([]);
    expectNoFaults(window);
  }, 300_000);
});
