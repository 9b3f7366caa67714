import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { post } from '../journeys/people.ts';
import { anyNumber, closeClients, login } from '../journeys/support.ts';
import { newColleague, PASSWORD, unique } from './colleagues.ts';
import { entry, noted, officeOf } from './office.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn } from './page.ts';

/** Who may come in, and as what. */

const suite = inject('suite');

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

describe('the supervisors', () => {
  it('are invited by a link that is shown once, with which they come in', async () => {
    const admin = await officeOf(suite, 'people');
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
    const { email, name } = await newColleague(suite, 'supervisor');
    const theirs = await openWindow(suite);
    onTestFinished(() => theirs.context.close());
    await signIn(theirs, email, PASSWORD);
    const admin = await officeOf(suite, 'people');
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
    const { id, email, name } = await newColleague(suite, 'supervisor');
    const admin = await officeOf(suite, 'people');
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
