import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startSuite } from '../suite.ts';
import { chooseHindi } from './axe.ts';
import { placeLedCall, telephoneLine } from './caller.ts';
import { closeBrowser, openWindow, signIn } from './page.ts';

/**
 * `npm run screenshots`: the main screens into docs/screenshots/; with a folder as argument every
 * screen at three sizes, by day and by night, in both languages, into that.
 */
const [folder] = process.argv.slice(2);
const FOLDER = folder ?? join(import.meta.dirname, '../../docs/screenshots');

/** Those that the documentation shows. */
const SHOWN = new Set([
  'live-desk-light',
  'live-desk-dark',
  'live-phone-light',
  'call-desk-light',
  'history-desk-light',
  'wall-wall-dark',
  'office-insights-desk-light',
  'office-manuals-desk-light',
  'office-workers-desk-light',
]);

/** Every part of the office. */
const OFFICE = [
  'workers',
  'workers/import',
  'sites',
  'people',
  'numbers',
  'on-call',
  'settings',
  'keys',
  'audit',
  'account',
  'manuals',
  'manuals/new',
  'manuals/unanswered',
  'manuals/cards/fire.en',
  'insights',
  'operations',
];

const SIZES = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  wall: { width: 1920, height: 1080 },
} as const;

/** Milliseconds for which a page is left alone before it is photographed. */
const SETTLED = 1_200;

await mkdir(FOLDER, { recursive: true });
const suite = await startSuite({ demo: true });
try {
  const line = await telephoneLine(suite);
  const fire = placeLedCall(suite, line, '+15550100001');
  fire.say('there is a fire in the paint shop and two people are trapped');
  fire.say('yes near booth two');
  const question = placeLedCall(suite, line, '+15550100005');
  question.say('where is the eye wash station');
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const dark of [false, true]) {
      await photograph(size, viewport, dark, 'en');
      if (folder !== undefined) await photograph(size, viewport, dark, 'hi');
    }
  }
  for (const call of [fire, question]) {
    call.hangUp();
    await call.over;
  }
  line.close();
} finally {
  await closeBrowser();
  await suite.stop();
}

async function photograph(
  size: string,
  viewport: { width: number; height: number },
  dark: boolean,
  language: 'en' | 'hi',
): Promise<void> {
  const window = await openWindow({ ...viewport, dark, baseUrl: suite.baseUrl });
  const { page, context } = window;
  const shoot = async (screen: string, fullPage = false) => {
    const light = dark ? 'dark' : 'light';
    const name = `${screen}-${size}-${light}${language === 'en' ? '' : `-${language}`}`;
    if (folder === undefined && !SHOWN.has(name)) return;
    await page.waitForTimeout(SETTLED);
    await page.evaluate('document.fonts.ready');
    await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage });
  };
  await page.goto('/');
  await page.getByRole('heading').first().waitFor();
  if (language === 'en') await shoot('sign-in');
  await signIn(window);
  if (language === 'hi') await chooseHindi(window);
  await page.locator('[data-call][href]').nth(1).waitFor();
  await shoot('live');
  await page.locator('[data-call]').first().click();
  await page.getByRole('log').waitFor();
  await shoot('call');
  await page.goto('/history');
  await page.getByRole('row').nth(1).waitFor();
  await shoot('history');
  for (const part of OFFICE) {
    const name = `office-${part.replaceAll('/', '-')}`;
    if (folder === undefined && !SHOWN.has(`${name}-${size}-${dark ? 'dark' : 'light'}`)) continue;
    await page.goto(`/office/${part}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
    // The documentation has room for a window's height.
    await shoot(name, folder !== undefined);
  }
  await page.goto('/wall');
  await page.locator('[data-call]').first().waitFor();
  await shoot('wall');
  await context.close();
}
