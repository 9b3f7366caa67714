import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { ClientConfig } from '../../functions/src/admin/client-config.ts';
import { closeClients } from '../journeys/support.ts';
import { asked, codesOf, newColleague, PASSWORD, tokenOf } from './colleagues.ts';
import { officeOf } from './office.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn } from './page.ts';

/** What everybody changes of their own. */

const suite = inject('suite');

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

describe('my account', () => {
  it('changes the password, and goes on here while other sessions end', async () => {
    const { email, name } = await newColleague(suite, 'viewer');
    const elsewhere = await openWindow(suite);
    onTestFinished(() => elsewhere.context.close());
    await signIn(elsewhere, email, PASSWORD);
    const here = await openWindow(suite);
    onTestFinished(() => here.context.close());
    await signIn(here, email, PASSWORD);
    const { page } = here;
    await page.getByRole('button', { name: `Your account: ${name}` }).click();
    await page.getByRole('menuitem', { name: 'My account' }).click();
    const form = page.getByRole('region', { name: 'Password' });
    await form.getByLabel('Current password').fill('not the password');
    await form.getByLabel('New password', { exact: true }).fill('another storm so long');
    await form.getByLabel('The new password again').fill('another storm so lon');
    await form.getByRole('button', { name: 'Change the password' }).click();
    await form.getByText('The two are not the same.').waitFor();
    await form.getByLabel('The new password again').fill('another storm so long');
    await form.getByRole('button', { name: 'Change the password' }).click();
    await form.getByText('The current password is wrong.').waitFor();
    await form.getByLabel('Current password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await elsewhere.page.getByText('Your session is over.').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    expect(await page.getByText('Your session is over.').count()).toBe(0);
    // A wrong password is a 403, which the browser notes.
    expect(here.faults.filter((fault) => !/status of 403/.test(fault))).toEqual([]);
    expectNoFaults(elsewhere);
  });

  it('sets a second factor up, and removes it', async () => {
    const { email } = await newColleague(suite, 'viewer');
    const window = await officeOf(suite, 'account', email, PASSWORD);
    const { page } = window;
    const part = page.getByRole('region', { name: 'Second factor' });
    await part.getByLabel('Current password').fill(PASSWORD);
    await part.getByRole('button', { name: 'Set up' }).click();
    const uri = await part.getByRole('link', { name: 'Open in the app' }).getAttribute('href');
    const secret = new URL(uri ?? '').searchParams.get('secret') ?? '';
    await part.getByText(secret.slice(0, 4)).first().waitFor();
    const code = codesOf(secret);
    await part.getByLabel('Code that the app shows').fill('12');
    await part.getByRole('button', { name: 'Confirm' }).click();
    await part.getByText('The code has six digits.').waitFor();
    await part.getByLabel('Code that the app shows').fill(code(-1));
    await part.getByRole('button', { name: 'Confirm' }).click();
    await part.getByText('A second factor is set up.').waitFor();
    await part.getByLabel('Code that the app shows').fill(code(0));
    await part.getByRole('button', { name: 'Remove the second factor' }).click();
    await part.getByRole('button', { name: 'Set up' }).waitFor();
    expectNoFaults(window);
  });

  it('asks for a second factor where the company does, before anything else', async () => {
    const boss = await newColleague(suite, 'company_admin');
    const { email } = await newColleague(suite, 'viewer');
    const token = await tokenOf(suite, boss.email);
    const password = { current_password: PASSWORD };
    const { secret = '' } = await asked(suite, '/api/me/totp', password, { token });
    await asked(suite, '/api/me/totp/confirm', { code: codesOf(secret)(-1) }, { token });
    const viewers = await tokenOf(suite, email);
    const statusFor = async (whose: string) => {
      const headers = { authorization: `Bearer ${whose}` };
      return (await fetch(`${suite.baseUrl}/api/sites`, { headers })).status;
    };
    const require = async (require_totp: boolean) => {
      await asked(suite, '/api/company', { require_totp }, { token, method: 'PATCH' });
      const status = require_totp ? 403 : 200;
      await expect.poll(() => statusFor(viewers)).toBe(status);
    };
    await require(true);
    try {
      const window = await openWindow(suite);
      onTestFinished(() => window.context.close());
      const { page } = window;
      await page.goto('/');
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Your company asks for a second factor.').waitFor();
      expect(new URL(page.url()).pathname).toBe('/office/account');
      const part = page.getByRole('region', { name: 'Second factor' });
      await part.getByLabel('Current password').fill(PASSWORD);
      await part.getByRole('button', { name: 'Set up' }).click();
      const uri = await part.getByRole('link', { name: 'Open in the app' }).getAttribute('href');
      const code = codesOf(new URL(uri ?? '').searchParams.get('secret') ?? '');
      await part.getByLabel('Code that the app shows').fill(code(0));
      await part.getByRole('button', { name: 'Confirm' }).click();
      await part.getByText('it can’t be removed').waitFor();
      await expect.poll(() => page.locator('header [data-state="live"]').count()).toBe(1);
      await page.getByRole('link', { name: 'Live', exact: true }).click();
      await page.getByRole('heading', { name: 'Live calls' }).waitFor();
    } finally {
      await require(false);
      // The streams have settings of their own at hand, for ten seconds.
      const anybody = await tokenOf(suite, 'supervisor@example.com', 'password');
      await expect.poll(() => streamStatus(anybody)).toBe(200);
    }
  });
});

/** What the stream of live calls answers to a token. */
async function streamStatus(token: string): Promise<number> {
  const config = (await (await fetch(`${suite.baseUrl}/api/config`)).json()) as ClientConfig;
  const open = new AbortController();
  const { status } = await fetch(`${config.streams_base_url}/api/calls/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: open.signal,
  });
  open.abort();
  return status;
}
