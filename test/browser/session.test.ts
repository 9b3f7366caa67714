import type { Page } from 'playwright-core';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { post } from '../journeys/people.ts';
import type { LedCall } from './caller.ts';
import { asked, type Colleague, codesOf, newColleague, PASSWORD, tokenOf } from './colleagues.ts';
import { expectNoFaults, openWindow, signIn, type Window } from './page.ts';
import { useTelephones } from './telephones.ts';

/** Sessions that end while somebody works, and signing in with all that can go wrong. */

const suite = inject('suite');
const { callThatSays } = useTelephones(suite);

/** Sets up a second factor; codes are those of an app whose clock is right, each good once. */
async function secondFactor({ email }: Colleague) {
  const token = await tokenOf(suite, email);
  const password = { current_password: PASSWORD };
  const { secret = '' } = await asked(suite, '/api/me/totp', password, { token });
  const code = codesOf(secret);
  await asked(suite, '/api/me/totp/confirm', { code: code(-1) }, { token });
  return code;
}

async function endSessionsOf({ id }: Colleague): Promise<void> {
  const { status } = await post(suite, `/api/admins/${id}/sign-out`);
  expect(status).toBe(204);
}

/** A headless page has the focus all the time: it must be told that somebody looks at it again. */
async function lookAt(page: Page): Promise<void> {
  const asked = page.waitForResponse((response) => response.url().endsWith('/api/session/refresh'));
  await page.evaluate(`dispatchEvent(new Event('focus'))`);
  await asked;
}

async function openedCall(window: Window, call: LedCall): Promise<void> {
  const { page } = window;
  await page
    .getByRole('listitem')
    .filter({ hasText: `•••• ${call.from.slice(-4)}` })
    .click();
  await page.getByRole('log').waitFor();
}

describe('a session that ends', () => {
  it('asks for a new sign-in over the page, and keeps what was typed and what is shown', async () => {
    const supervisor = await newColleague(suite, 'supervisor');
    const window = await openWindow(suite);
    onTestFinished(() => window.context.close());
    const { page } = window;
    await signIn(window, supervisor.email, PASSWORD);
    const call = callThatSays('a pump leaks in the cellar');
    await openedCall(window, call);
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('With You').waitFor();
    const notes = page.getByLabel('Notes');
    const message = page.getByLabel('Say something to the caller');
    await notes.fill('Cellar 2, keys with the porter');
    await message.fill('Help is on its way to');

    const code = await secondFactor(supervisor);
    await endSessionsOf(supervisor);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Your session is over.').waitFor();
    await expect.poll(() => notes.inputValue()).toBe('Cellar 2, keys with the porter');

    await dialog.getByLabel('Password', { exact: true }).fill('not the password');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('The e-mail address or the password is wrong.').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    const codeField = dialog.getByLabel('Code of your authenticator app');
    await codeField.fill('12 34');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('The code has six digits.').waitFor();
    await codeField.fill(code(0));
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });

    await expect.poll(() => notes.inputValue()).toBe('Cellar 2, keys with the porter');
    await expect.poll(() => message.inputValue()).toBe('Help is on its way to');
    await message.fill('Help is on its way to you');
    await page.getByRole('button', { name: 'Speak', exact: true }).click();
    await expect.poll(call.heard).toContain('Help is on its way to you');
    await page.getByRole('button', { name: 'Save' }).click();
    call.say('the water stands a hand high');
    await page.getByRole('log').getByText('the water stands a hand high').waitFor();
    await page.reload();
    await expect
      .poll(() => page.getByLabel('Notes').inputValue())
      .toBe('Cellar 2, keys with the porter');
    expectNoFaults(window);
  });

  it('tells on a wall that its calls are old, and goes on when somebody signs in beside it', async () => {
    const supervisor = await newColleague(suite, 'supervisor');
    const window = await openWindow(suite);
    onTestFinished(() => window.context.close());
    const { page, context } = window;
    await signIn(window, supervisor.email, PASSWORD);
    await page.goto('/wall');
    const call = callThatSays('a hose drips in the cellar');
    const row = page.getByRole('listitem').filter({ hasText: `•••• ${call.from.slice(-4)}` });
    await row.getByText('a hose drips in the cellar').waitFor();
    const old = page.locator('[data-stale]').filter({ has: row });
    expect(await old.count()).toBe(0);

    await endSessionsOf(supervisor);
    const over = page.getByText('Signed out: these calls are not live any more.');
    await over.waitFor();
    await old.waitFor();
    await page.getByRole('dialog').getByText('Your session is over.').waitFor();
    await lookAt(page);
    expect(await over.count()).toBe(1);

    const beside = await context.newPage();
    await signIn({ ...window, page: beside }, supervisor.email, PASSWORD);
    await lookAt(page);
    await over.waitFor({ state: 'detached' });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    call.say('now it runs');
    await row.getByText('now it runs').waitFor();
    expect(await old.count()).toBe(0);
    expectNoFaults(window);
  });

  it('counts the seconds until another try is taken after too many, and takes it then', async () => {
    const supervisor = await newColleague(suite, 'supervisor');
    const window = await openWindow(suite);
    onTestFinished(() => window.context.close());
    const { page } = window;
    await page.goto('/');
    await page.getByLabel('E-mail address').fill(supervisor.email);
    await page.getByLabel('Password', { exact: true }).fill('a guess');
    const button = page.getByRole('button', { name: 'Sign in' });
    const wait = page.getByText(/Too many tries\. Try again in \d+ s/);
    await expect
      .poll(
        async () => {
          if (await button.isEnabled()) await button.click();
          return wait.count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    await expect.poll(() => button.isDisabled()).toBe(true);
    await wait.waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button.click();
    await page.getByRole('heading', { name: 'Live calls' }).waitFor();
  });
});
