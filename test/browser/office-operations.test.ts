import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { talker } from '../faults/support.ts';
import { closeClients, telephone } from '../journeys/support.ts';
import { type Suite, startSuite } from '../suite.ts';
import { faultsOf } from './axe.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn, type Window } from './page.ts';

/** In a suite of its own: its database is taken away. */

const windows: Window[] = [];
let suite: Suite;

beforeAll(async () => {
  suite = await startSuite();
});

afterEach(async () => {
  await Promise.all(windows.splice(0).map(({ context }) => context.close()));
});

afterAll(async () => {
  await closeBrowser();
  await closeClients();
  await suite?.stop();
});

async function open(options: Partial<Parameters<typeof openWindow>[0]> = {}, email?: string) {
  const window = await openWindow({ baseUrl: suite.baseUrl, ...options });
  windows.push(window);
  await signIn(window, email);
  return window;
}

const PATIENCE = { timeout: 60_000 };
const DURATION = /^[\d.,]+ ?(ms|sec)$/;

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

const signal = (page: Page, area: string, name: string) =>
  region(page, area).getByRole('listitem').filter({ hasText: name });

const isWell = (page: Page, area: string) =>
  region(page, area).getByText('All is well').waitFor(PATIENCE);

describe('operations', () => {
  it('is well after a call on the telephone, and shows what was measured of it', async () => {
    await telephone(suite, { caller: talker('the operator’s caller', (said) => said === 3) });
    await suite.tick('sweep');
    const window = await open();
    const { page } = window;
    await page.getByRole('link', { name: 'Office' }).click();
    await page.getByRole('link', { name: 'Operations' }).click();
    await page.getByRole('heading', { level: 1, name: 'Operations' }).waitFor();
    // How fast this machine is decides about the others.
    for (const area of ['Databases', 'Schedule']) await isWell(page, area);
    await signal(page, 'Mirror', 'Dead letters').getByText('0', { exact: true }).waitFor(PATIENCE);
    await signal(page, 'Mirror', 'From what was said').getByText(DURATION).waitFor(PATIENCE);
    await signal(page, 'Twilio', 'Time to answer').getByText(DURATION).waitFor(PATIENCE);
    await signal(page, 'Archive', 'Time to archive').getByText(DURATION).waitFor(PATIENCE);
    const turns = page.getByRole('region', { name: 'Turns by who answered', exact: true });
    await expect.poll(() => turns.getByRole('row').count(), PATIENCE).toBeGreaterThan(1);

    await region(page, 'Mirror').getByText('As a table').click();
    const table = page.getByRole('region', { name: 'Mirror, over time' });
    await expect.poll(() => table.getByRole('row').count()).toBe(61);
    expect(await faultsOf(page, 'main')).toEqual([]);
    expectNoFaults(window);
  });

  it('turns critical with its sentence while the database is away, and goes back', async () => {
    const { page } = await open();
    await page.goto('/office/operations');
    await isWell(page, 'Databases');
    const alert = page.getByRole('alert').filter({ hasText: 'Realtime Database does not answer' });
    expect(await alert.count()).toBe(0);
    await suite.stopServer('database');
    try {
      await alert.waitFor(PATIENCE);
      await expect.poll(() => alert.innerText()).toContain('their words wait in tasks');
      await expect
        .poll(() => page.getByRole('main').getByRole('status').innerText())
        .toContain('Critical');
      // Nobody can be let in any more, and what is shown is old.
      await alert.getByText('These numbers are old').waitFor(PATIENCE);
    } finally {
      await suite.startServer('database');
    }
    await expect.poll(() => alert.count(), PATIENCE).toBe(0);
    await isWell(page, 'Databases');
  });

  it('is not there for one who is no operator, and says so to whoever comes by its address', async () => {
    const window = await open({}, 'supervisor@example.com');
    const { page } = window;
    await page.getByRole('link', { name: 'Office' }).click();
    await page.getByRole('link', { name: 'Workers' }).waitFor();
    expect(await page.getByRole('link', { name: 'Operations' }).count()).toBe(0);
    await page.goto('/office/operations');
    await page
      .getByRole('alert')
      .getByText('Only operators of this installation')
      .waitFor(PATIENCE);
    expectNoFaults(window);
  });

  it.each([
    { width: 390, height: 844 },
    { width: 1_920, height: 1_080 },
  ])('fits into a window $width wide, in Hindi and in the dark', async ({ width, height }) => {
    const window = await open({ width, height, dark: true });
    const { page } = window;
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitemradio', { name: 'हिन्दी' }).click();
    await page.goto('/office/operations');
    await page.getByRole('region', { name: 'मिरर' }).waitFor(PATIENCE);
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(width);
    expect(await faultsOf(page, 'main')).toEqual([]);
    expectNoFaults(window);
  });
});
