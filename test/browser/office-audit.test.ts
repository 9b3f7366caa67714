import { afterAll, describe, expect, inject, it } from 'vitest';
import { closeClients } from '../journeys/support.ts';
import { newColleague, PASSWORD, unique } from './colleagues.ts';
import { entry, noted, officeOf } from './office.ts';
import { closeBrowser, expectNoFaults } from './page.ts';

/** What systems report with, and that all that is done is noted. */

const suite = inject('suite');

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

describe('the API keys', () => {
  it('are made, used by a system that reports, and revoked', async () => {
    const admin = await officeOf(suite, 'keys');
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
    await expect.poll(report, { interval: 1_000 }).toBe(401);

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
    const { id, email, name } = await newColleague(suite, 'company_admin');
    const theirs = await officeOf(suite, 'sites', email, PASSWORD);
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
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    await list.getByRole('button', { name: `Only this: ${site}` }).click();
    await page.getByRole('button', { name: `Only about: ${site}` }).waitFor();
    await page.reload();
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);

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
