import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import type { ControlClient } from '../../emulators/twilio/control-client.ts';
import { closeClients } from '../journeys/support.ts';
import { placeLedCall, telephoneLine } from './caller.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn } from './page.ts';

/** What stands behind a call: the reviewed words that were spoken, and who did and read what. */

const suite = inject('suite');
let line: ControlClient;

beforeAll(async () => {
  line = await telephoneLine(suite);
});

afterAll(async () => {
  line.close();
  await Promise.all([closeBrowser(), closeClients()]);
});

async function openedCall(email: string) {
  const call = placeLedCall(suite, line);
  onTestFinished(async () => {
    call.hangUp();
    await call.over;
  });
  call.say('there is a fire in the paint shop');
  const window = await openWindow(suite);
  onTestFinished(() => window.context.close());
  await signIn(window, email);
  const { page } = window;
  await page
    .getByRole('listitem')
    .filter({ hasText: `•••• ${call.from.slice(-4)}` })
    .getByRole('link')
    .click();
  await page.getByRole('log').getByText('there is a fire in the paint shop').waitFor();
  return window;
}

it('a source opens the passages, as they are worded, with their version and who reviewed them', async () => {
  const window = await openedCall('admin@example.com');
  const { page } = window;
  const reply = page.getByRole('log').locator('[data-role="assistant"]').filter({ hasText: '112' });
  await reply
    .getByRole('button', { name: /^From:/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  const passage = dialog.getByRole('region').first();
  await passage.getByText(/fire#[a-z0-9-]+ · version \d+/).waitFor();
  await passage.getByText(/Reviewed by|Nobody has reviewed it/).waitFor();
  await passage.getByText(/Card that comes with Aurora/).waitFor();
  const words = (await passage.getByRole('blockquote').textContent()) ?? '';
  expect(words.length).toBeGreaterThan(20);
  expect(words).not.toContain('{emergency_number}');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expectNoFaults(window);
});

it('the audit trail is there for a company_admin, and for nobody else', async () => {
  const window = await openedCall('admin@example.com');
  const { page } = window;
  await page.getByRole('button', { name: 'Acknowledge' }).last().click();
  await page.getByRole('button', { name: 'Acknowledged' }).waitFor();
  await page.getByRole('button', { name: 'Show the audit trail' }).click();
  const trail = page.getByRole('region', { name: 'Audit trail' });
  await trail.getByText('Acknowledged the call').waitFor();
  await trail.getByText('Followed what was said').first().waitFor();
  expectNoFaults(window);

  const other = await openedCall('supervisor@example.com');
  await other.page.getByRole('heading', { name: 'What was done' }).waitFor();
  expect(await other.page.getByRole('button', { name: 'Show the audit trail' }).count()).toBe(0);
  expectNoFaults(other);
});
