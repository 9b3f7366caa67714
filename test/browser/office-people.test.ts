import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { ClientConfig } from '../../functions/src/admin/client-config.ts';
import { post } from '../journeys/people.ts';
import { anyNumber, closeClients, login } from '../journeys/support.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn, type Window } from './page.ts';

/** Who may come in, where people work, what systems report with, and that all of it is noted. */

const suite = inject('suite');
/** Resolved from functions/, where it is a dependency. */
const { TOTP } = createRequire(new URL('../../functions/package.json', import.meta.url))(
  'otpauth',
) as { TOTP: new (of: { secret: string }) => { generate(at: { timestamp: number }): string } };

const PASSWORD = 'no storm so long 7';
/** How long something is waited for that the page, or Aurora, does by itself. */
const PATIENCE = { timeout: 30_000, interval: 200 };

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

/** A name that no other test uses. */
const unique = (word: string) => `${word} ${anyNumber().slice(-6)}`;

async function officeOf(part: string, email?: string, password?: string): Promise<Window> {
  const window = await openWindow(suite);
  onTestFinished(() => window.context.close());
  await signIn(window, email, password);
  await window.page.goto(`/office/${part}`);
  await window.page.getByRole('heading', { level: 1 }).waitFor();
  return window;
}

/** The entry of a list that holds this text. */
const entry = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

interface Known {
  id: string;
  email: string;
  name: string;
}

async function asked(path: string, body: object, token?: string, method = 'POST') {
  const response = await fetch(suite.baseUrl + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
}

async function tokenOf(email: string, password = PASSWORD): Promise<string> {
  const { access_token = '' } = await asked('/login', { email, password });
  return access_token;
}

/** Somebody of the demo company who has chosen a password. */
async function newSupervisor(role = 'supervisor'): Promise<Known> {
  const name = unique('Night');
  const email = `${name.replace(' ', '-').toLowerCase()}@example.com`;
  const made = await post(suite, '/api/admins', { email, name, role });
  expect(made.status).toBe(201);
  const { id, invitation } = made.body as { id: string; invitation: { url: string } };
  const secret = new URL(invitation.url).hash.slice(1);
  await asked('/api/links/redeem', { secret, new_password: PASSWORD });
  return { id, email, name };
}

/** What the audit log shows under these words, as a company admin searches for it. */
async function noted(page: Page, words: string): Promise<Locator> {
  await page.goto('/office/audit');
  await page.getByLabel('Search in names, ids and changed fields').fill(words);
  await page.waitForURL(/\?q=/);
  return page.getByRole('list', { name: 'Audit log, the newest first' });
}

describe('the supervisors', () => {
  it('are invited by a link that is shown once, with which they come in', async () => {
    const admin = await officeOf('people');
    const { page } = admin;
    const name = unique('Lena');
    const email = `${name.replace(' ', '-').toLowerCase()}@example.com`;
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('E-mail address').fill('nobody');
    await dialog.getByLabel('Phone').fill('+15550100777');
    await dialog.getByRole('button', { name: 'Invite somebody' }).click();
    await dialog.getByText('This is no e-mail address.').waitFor();
    await dialog.getByLabel('E-mail address').fill(email);
    await dialog.getByRole('radio', { name: 'Viewer' }).check();
    await dialog.getByRole('button', { name: 'Invite somebody' }).click();
    const link = dialog.getByLabel('One-time link');
    await link.waitFor();
    await dialog.getByText(`Hand it to ${name} alone.`).waitFor();
    const url = await link.inputValue();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('Has not chosen a password yet').waitFor();
    expect(await page.content()).not.toContain(new URL(url).hash.slice(1));

    const invited = await openWindow(suite);
    onTestFinished(() => invited.context.close());
    await invited.page.goto(url);
    await invited.page.getByLabel('New password').fill(PASSWORD);
    await invited.page.getByLabel('The same again').fill(PASSWORD);
    await invited.page.getByRole('button', { name: 'Set the password' }).click();
    await invited.page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    await signIn(invited, email, PASSWORD);
    await invited.page.goto('/office/people');
    await invited.page.getByText('Only a company admin may see this.').waitFor();

    const list = await noted(page, name);
    await list.getByText('Added a supervisor').waitFor();
    await list.getByText('Signed in').first().waitFor();
    expectNoFaults(admin, invited);
  });

  it('lose their sessions with a lower role, and come back with less', async () => {
    const { email, name } = await newSupervisor('supervisor');
    const theirs = await openWindow(suite);
    onTestFinished(() => theirs.context.close());
    await signIn(theirs, email, PASSWORD);
    const admin = await officeOf('people');
    const { page } = admin;
    await page.getByRole('button', { name: `Edit: ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Viewer' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('Viewer').waitFor();
    await theirs.page.getByText('Your session is over.').waitFor();

    const list = await noted(page, name);
    const change = list.getByRole('listitem').filter({ hasText: 'Changed a supervisor' });
    await change.getByText('Viewer').waitFor();
    await expect
      .poll(() => change.innerText())
      .toMatch(/Role\s+before\s+Supervisor\s+after\s+Viewer/);
    expectNoFaults(admin, theirs);
  });

  it('are put out, let in again, given a new link, and removed; oneself can not be', async () => {
    const { id, email, name } = await newSupervisor();
    const admin = await officeOf('people');
    const { page } = admin;
    const dialog = page.getByRole('dialog');
    const act = async (item: string) => {
      await page.getByRole('button', { name: `More for ${name}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await dialog.waitFor();
    };
    const mayComeIn = async () => {
      const response = await fetch(`${suite.baseUrl}/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
      return response.status;
    };
    await act('Disable');
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('Disabled').waitFor();
    expect(await mayComeIn()).toBe(401);
    await act('Enable');
    await dialog.getByRole('button', { name: 'Enable' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await mayComeIn()).toBe(200);

    await act('Make a new link');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    expect(await dialog.getByLabel('One-time link').inputValue()).toContain('/password.html#');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });

    const worker = unique('Ravi');
    const made = await post(suite, '/api/workers', {
      name: worker,
      mobile_no: anyNumber(),
      admin_id: id,
    });
    await act('Remove');
    await dialog.getByText(`Workers are assigned to them: ${worker}.`).waitFor();
    expect(await dialog.getByRole('button', { name: 'Remove' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    const { id: workerId } = made.body as { id: string };
    await fetch(`${suite.baseUrl}/api/workers/${workerId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await login(suite)}` },
    });
    await act('Remove');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).waitFor({ state: 'detached' });
    expect(await mayComeIn()).toBe(401);

    await page.getByRole('button', { name: 'More for Demo Supervisor' }).click();
    await page.getByRole('menuitem', { name: 'Make a new link' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Remove' }).count()).toBe(0);
    expect(await page.getByRole('menuitem', { name: 'Disable' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    const list = await noted(page, name);
    await list.getByText('Removed a supervisor').waitFor();
    await list.getByText('Made a one-time link').first().waitFor();
    expectNoFaults(admin);
  });
});

describe('the sites', () => {
  /** Tabs on until it has the focus. */
  async function tabTo(page: Page, locator: Locator): Promise<void> {
    for (let stop = 0; stop < 200; stop += 1) {
      if ((await locator.and(page.locator(':focus')).count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The Tab key does not come to ${locator}.`);
  }

  it('are added, changed and removed by keys alone', async () => {
    const admin = await officeOf('sites');
    const { page } = admin;
    const name = unique('Mill');
    const dialog = page.getByRole('dialog');
    const press = async (locator: Locator) => {
      await tabTo(page, locator);
      await page.keyboard.press('Enter');
    };
    const add = page.getByRole('button', { name: 'Add a site' });
    await press(add);
    await dialog.waitFor();
    await tabTo(page, dialog.getByLabel('Name'));
    await page.keyboard.type(name);
    await tabTo(page, dialog.getByLabel('Emergency number'));
    await page.keyboard.type('1o1');
    await page.keyboard.press('Enter');
    await dialog.getByText('Digits only, such as 112').waitFor();
    await expect
      .poll(
        () => dialog.getByLabel('Emergency number').and(page.locator(':focus')).count(),
        PATIENCE,
      )
      .toBe(1);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('101');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('101').waitFor();
    await expect.poll(() => add.and(page.locator(':focus')).count(), PATIENCE).toBe(1);

    const edit = page.getByRole('button', { name: `Edit: ${name}` });
    await press(edit);
    await dialog.waitFor();
    await tabTo(page, dialog.getByLabel('Assembly point'));
    await page.keyboard.type('Gate 2');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('Gate 2').waitFor();
    await expect.poll(() => edit.and(page.locator(':focus')).count(), PATIENCE).toBe(1);

    await press(page.getByRole('button', { name: `Remove: ${name}` }));
    await dialog.getByText('No worker and no number names this site.').waitFor();
    await press(dialog.getByRole('button', { name: 'Remove' }));
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).waitFor({ state: 'detached' });
    const heading = page.getByRole('heading', { level: 1 });
    await expect.poll(() => heading.and(page.locator(':focus')).count(), PATIENCE).toBe(1);

    const list = await noted(page, name);
    for (const words of ['Added a site', 'Changed a site', 'Removed a site']) {
      await list.getByText(words).waitFor();
    }
    await list.getByText('Gate 2').first().waitFor();
    expectNoFaults(admin);
  });

  it('stay while a worker names them, and it is said who', async () => {
    const name = unique('Yard');
    const worker = unique('Ravi');
    const site = await post(suite, '/api/sites', { name });
    const { id } = site.body as { id: string };
    await post(suite, '/api/workers', { name: worker, mobile_no: anyNumber(), site_id: id });
    const { page } = await officeOf('sites');
    await page.getByRole('button', { name: `Remove: ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`Workers: ${worker}`).waitFor();
    expect(await dialog.getByRole('button', { name: 'Remove' }).count()).toBe(0);
  });

  it('keep what each of two changes, and ask where both changed the same', async () => {
    const name = unique('Dock');
    const site = await post(suite, '/api/sites', { name, address: 'Road 1' });
    const { id } = site.body as { id: string };
    const other = await newSupervisor('company_admin');
    const mine = await officeOf(`sites?open=${id}`);
    const theirs = await officeOf(`sites?open=${id}`, other.email, PASSWORD);
    const [mineAt, theirsAt] = [mine.page.getByRole('dialog'), theirs.page.getByRole('dialog')];
    await mineAt.getByLabel('Address').fill('Road 2');
    await mineAt.getByLabel('Emergency number').fill('101');
    await theirsAt.getByLabel('Address').fill('Road 3');
    await theirsAt.getByLabel('Assembly point').fill('Gate 4');
    await theirsAt.getByRole('button', { name: 'Save' }).click();
    await theirsAt.waitFor({ state: 'detached' });

    await mineAt.getByRole('button', { name: 'Save' }).click();
    await mineAt.getByText(`${other.name} changed this while you were at it`).waitFor();
    await expect.poll(() => mineAt.getByLabel('Assembly point').inputValue()).toBe('Gate 4');
    await mineAt.getByRole('radio', { name: 'Keep mine: Road 2' }).check();
    await mineAt.getByRole('button', { name: 'Save' }).click();
    await mineAt.waitFor({ state: 'detached' });
    const line = entry(mine.page, name);
    for (const words of ['Road 2', 'Gate 4', '101']) await line.getByText(words).waitFor();
    // 412 is how the page learns of the other one; the browser notes each.
    const faults = mine.faults.filter((fault) => !/status of 412/.test(fault));
    expect([...faults, ...theirs.faults]).toEqual([]);
  });

  it('are shown to a supervisor, who can not change them', async () => {
    const { page } = await officeOf('sites', 'supervisor@example.com');
    await page.getByText('A company admin can change it.').waitFor();
    expect(await page.getByRole('button', { name: 'Add a site' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^(Edit|Remove): / }).count()).toBe(0);
  });
});

describe('the API keys', () => {
  it('are made, used by a system that reports, and revoked', async () => {
    const admin = await officeOf('keys');
    const { page } = admin;
    const name = unique('Gate terminal');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    const secret = await dialog.getByLabel('Secret').inputValue();
    expect(secret).toMatch(/^aurora_/);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('never').waitFor();
    expect(await page.content()).not.toContain(secret);

    const report = async () => {
      const response = await fetch(`${suite.baseUrl}/api/process-speech`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
          'idempotency-key': unique('gate'),
        },
        body: JSON.stringify({ speech: 'the gate is stuck', ph_no: '+15550100005' }),
      });
      return response.status;
    };
    expect(await report()).toBe(200);
    await page.getByRole('button', { name: `Revoke: ${name}` }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Revoked' }).getByText(name).waitFor();
    await expect.poll(report, PATIENCE).toBe(401);

    const list = await noted(page, name);
    for (const words of ['Made an API key', 'Revoked an API key', 'Sent in a report']) {
      await list.getByText(words).first().waitFor();
    }
    expect(await list.innerText()).not.toContain(secret);
    expectNoFaults(admin);
  });
});

describe('the audit log', () => {
  it('is narrowed by person, action and target together, kept in the address, and saved', async () => {
    const { id, email, name } = await newSupervisor('company_admin');
    const theirs = await officeOf('sites', email, PASSWORD);
    const site = unique('Shed');
    await theirs.page.getByRole('button', { name: 'Add a site' }).click();
    const dialog = theirs.page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(site);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    const { page } = theirs;
    await page.goto('/office/audit');
    await page.getByLabel('Person or key').selectOption({ label: name });
    await page.getByLabel('What was done').selectOption({ label: 'Added a site' });
    await page.waitForURL(new RegExp(`who=${id}&action=site.created`));
    const list = page.getByRole('list', { name: 'Audit log, the newest first' });
    await expect.poll(() => list.getByRole('listitem').count(), PATIENCE).toBe(1);
    await list.getByRole('button', { name: `Only this: ${site}` }).click();
    await page.getByRole('button', { name: `Only about: ${site}` }).waitFor();
    await page.reload();
    await expect.poll(() => list.getByRole('listitem').count(), PATIENCE).toBe(1);

    await page.getByRole('button', { name: 'Export' }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'As CSV' }).click();
    const stream = await (await saving).createReadStream();
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
    expect(text).toContain(site);

    await list.getByRole('link', { name: site }).click();
    await page.getByRole('dialog').getByLabel('Name').waitFor();
    await expect.poll(() => page.getByRole('dialog').getByLabel('Name').inputValue()).toBe(site);
    await page.goto('/office/audit?action=audit.exported');
    await list.getByText(name).first().waitFor();
    await page.goto('/office/audit?from=2001-01-01&to=2001-01-02');
    await page.getByText('Nothing fits these filters.').waitFor();
    expectNoFaults(theirs);
  });
});

describe('my account', () => {
  it('changes the password, and goes on here while other sessions end', async () => {
    const { email, name } = await newSupervisor('viewer');
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
    const { email } = await newSupervisor('viewer');
    const window = await officeOf('account', email, PASSWORD);
    const { page } = window;
    const part = page.getByRole('region', { name: 'Second factor' });
    await part.getByLabel('Current password').fill(PASSWORD);
    await part.getByRole('button', { name: 'Set up' }).click();
    const uri = await part.getByRole('link', { name: 'Open in the app' }).getAttribute('href');
    const secret = new URL(uri ?? '').searchParams.get('secret') ?? '';
    await part.getByText(secret.slice(0, 4)).first().waitFor();
    const totp = new TOTP({ secret });
    const code = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
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
    const boss = await newSupervisor('company_admin');
    const { email } = await newSupervisor('viewer');
    const token = await tokenOf(boss.email);
    const secret = (await asked('/api/me/totp', { current_password: PASSWORD }, token)).secret;
    const first = new TOTP({ secret: secret ?? '' }).generate({ timestamp: Date.now() - 30_000 });
    await asked('/api/me/totp/confirm', { code: first }, token);
    const viewers = await tokenOf(email);
    const statusFor = async (whose: string) => {
      const headers = { authorization: `Bearer ${whose}` };
      return (await fetch(`${suite.baseUrl}/api/sites`, { headers })).status;
    };
    const require = async (require_totp: boolean) => {
      await asked('/api/company', { require_totp }, token, 'PATCH');
      const status = require_totp ? 403 : 200;
      await expect.poll(() => statusFor(viewers), PATIENCE).toBe(status);
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
      const totp = new TOTP({ secret: new URL(uri ?? '').searchParams.get('secret') ?? '' });
      await part
        .getByLabel('Code that the app shows')
        .fill(totp.generate({ timestamp: Date.now() }));
      await part.getByRole('button', { name: 'Confirm' }).click();
      await part.getByText('it can’t be removed').waitFor();
      await expect.poll(() => page.locator('header [data-state="live"]').count(), PATIENCE).toBe(1);
      await page.getByRole('link', { name: 'Live', exact: true }).click();
      await page.getByRole('heading', { name: 'Live calls' }).waitFor();
    } finally {
      await require(false);
      // The streams have settings of their own at hand, for ten seconds.
      const anybody = await tokenOf('supervisor@example.com', 'password');
      await expect.poll(() => streamStatus(anybody), PATIENCE).toBe(200);
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
