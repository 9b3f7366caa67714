import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { ControlClient } from '../../emulators/twilio/control-client.ts';
import { closeClients } from '../journeys/support.ts';
import { chooseHindi, collectFaults, LOOKS } from './axe.ts';
import { type LedCall, placeLedCall, telephoneLine } from './caller.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn } from './page.ts';

/** WCAG 2.2 AA as far as a machine can tell, on every screen, by day and by night, small and large. */

const suite = inject('suite');
let line: ControlClient;
let call: LedCall;

beforeAll(async () => {
  line = await telephoneLine(suite);
  call = placeLedCall(suite, line, '+15550100004');
  call.say('there is smoke in the boiler house');
});

afterAll(async () => {
  call.hangUp();
  await call.over;
  line.close();
  await Promise.all([closeBrowser(), closeClients()]);
});

describe.each(LOOKS)('at $width pixels, dark: $dark, in $language', (look) => {
  it('every screen keeps the rules, and none is wider than the window', async () => {
    const window = await openWindow({ ...look, language: 'en', baseUrl: suite.baseUrl });
    onTestFinished(() => window.context.close());
    const { page } = window;
    const { faults, check } = collectFaults(window);
    await page.goto('/');
    await page.getByRole('heading').first().waitFor();
    await check('sign-in');
    await signIn(window);
    if (look.language === 'hi') await chooseHindi(window);
    await page.getByRole('listitem').first().waitFor();
    await check('live');
    await page.locator('[data-call]').first().click();
    await page.getByRole('log').waitFor();
    await page.getByRole('log').getByText('there is smoke').first().waitFor();
    await check('call');
    await page.getByRole('button', { name: /audit trail|ऑडिट/ }).click();
    await page
      .getByRole('region', { name: /Audit trail|ऑडिट/ })
      .getByRole('listitem')
      .first()
      .waitFor();
    await check('audit trail');
    await page.getByRole('log').locator('[aria-haspopup="dialog"]').first().click();
    await page.getByRole('dialog').getByRole('blockquote').first().waitFor();
    await check('passages', '[role="dialog"]');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.goto('/history');
    await page.getByRole('search').waitFor();
    await check('history');
    await page.goto('/wall');
    await page.getByRole('listitem').first().waitFor();
    await check('wall');
    expect(faults).toEqual([]);
    expectNoFaults(window);
  });
});
