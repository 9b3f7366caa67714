import { readFile } from 'node:fs/promises';
import type { Download, Page, Route } from 'playwright-core';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { post } from '../journeys/people.ts';
import { anyNumber, closeClients } from '../journeys/support.ts';
import { asked, newColleague, PASSWORD, tokenOf, unique } from './colleagues.ts';
import { officeOf } from './office.ts';
import { closeBrowser, expectNoFaults, type Window } from './page.ts';

/** Those who call: kept one by one and by the thousand, by several people at once. */

const suite = inject('suite');

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

/** Milliseconds for what stores thousands. */
const LONG = 240_000;

const workersPage = (email?: string, password?: string) =>
  officeOf(suite, 'workers', email, password);

async function newWorker(fields: object = {}) {
  const worker = { name: unique('Meera'), mobile_no: anyNumber(), ...fields };
  const made = await post(suite, '/api/workers', worker);
  expect(made.status).toBe(201);
  return { ...worker, id: (made.body as { id: string }).id };
}

/** Until the rows of the search before are gone: a button that moves misses its click. */
async function find(page: Page, words: string): Promise<void> {
  await page.getByLabel('Search by name or number').fill(words);
  await page.waitForURL(/[?&]q=/);
  const others = page.getByRole('row').filter({ hasNotText: words });
  await expect.poll(() => others.count()).toBeLessThanOrEqual(1);
}

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

/** What the API refuses shows in the console too; here it is refused on purpose. */
function expectNoOtherFaults({ faults }: Window, refused: RegExp): void {
  expect(faults.filter((fault) => !refused.test(fault))).toEqual([]);
}

async function textOf(download: Promise<Download>): Promise<string> {
  return readFile(await (await download).path(), 'utf8');
}

describe('a worker', () => {
  it('is added, found, changed and removed', async () => {
    const { body: site } = await post(suite, '/api/sites', { name: unique('Foundry') });
    const siteName = (site as { name: string }).name;
    const window = await workersPage();
    const { page } = window;
    const [name, number] = [unique('Lena'), anyNumber()];
    await page.getByRole('button', { name: 'Add a worker' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Fill this in.').first().waitFor();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Mobile number').fill('12');
    await dialog.getByLabel('Site').selectOption({ label: siteName });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('must be a number with country code').waitFor();
    await dialog.getByLabel('Mobile number').fill(number);
    await dialog.getByLabel('Language').selectOption('hi-IN');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    await find(page, name);
    await row(page, name).getByText(siteName).waitFor();
    await page.getByLabel('Site').selectOption({ label: siteName });
    await page.waitForURL(/site_id=/);
    await row(page, number).getByText('Hindi').waitFor();
    await page.reload();
    await row(page, name)
      .getByRole('button', { name: `Edit: ${name}` })
      .click();
    await dialog.getByLabel('Supervisor').selectOption({ label: 'Shift Supervisor' });
    await dialog.getByLabel('Language').selectOption('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await row(page, name).getByText('Shift Supervisor').waitFor();
    expect(await row(page, name).getByText('Hindi').count()).toBe(0);

    await page.getByRole('button', { name: `More: ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Calls in the history' }).click();
    await page.getByText(`Calls of ${name}`).waitFor();
    await page.getByText('No call fits these filters.').waitFor();
    await page.goBack();

    await page.getByRole('button', { name: `More: ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No worker fits these filters.').waitFor();
    expectNoOtherFaults(window, /status of 400/);
  });

  it('is added and changed by keys alone', async () => {
    const window = await workersPage();
    const { page } = window;
    const [name, number] = [unique('Kavi'), anyNumber()];
    const { keyboard } = page;
    const press = async (selector: string) => {
      for (let stop = 0; stop < 200; stop += 1) {
        if ((await page.locator(`${selector}:focus`).count()) > 0) return keyboard.press('Enter');
        await keyboard.press('Tab');
      }
      throw new Error(`The Tab key does not come to ${selector}.`);
    };
    await press('button:has-text("Add a worker")');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').and(page.locator(':focus')).waitFor();
    await keyboard.type(name);
    await keyboard.press('Tab');
    await keyboard.type(number);
    await keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('button:has-text("Add a worker"):focus').waitFor();

    await press('input[type="search"]');
    await keyboard.type(name);
    await row(page, name).waitFor();
    await press(`button[aria-label="Edit: ${name}"]`);
    await dialog.getByLabel('Name').and(page.locator(':focus')).waitFor();
    await keyboard.press('End');
    await keyboard.type(' K.');
    await keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await row(page, `${name} K.`).waitFor();
    await page.locator(`button[aria-label="Edit: ${name} K."]:focus`).waitFor();
    expectNoFaults(window);
  });

  it('that two people change at once gets the changes of both', async () => {
    const worker = await newWorker();
    const { email, name: other } = await newColleague(suite, 'company_admin');
    const [mine, theirs] = [await workersPage(), await workersPage(email, PASSWORD)];
    const open = async ({ page }: Window) => {
      await page.goto(`/office/workers?open=${worker.id}`);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').waitFor();
      return dialog;
    };
    const [myDialog, theirDialog] = [await open(mine), await open(theirs)];
    const theirName = `${worker.name} Rao`;
    await theirDialog.getByLabel('Name').fill(theirName);
    await theirDialog.getByLabel('Language').selectOption('hi-IN');
    await theirDialog.getByRole('button', { name: 'Save' }).click();
    await theirDialog.waitFor({ state: 'detached' });

    await myDialog.getByLabel('Name').fill(`${worker.name} Iyer`);
    await myDialog.getByLabel('Supervisor').selectOption({ label: 'Shift Supervisor' });
    await myDialog.getByRole('button', { name: 'Save' }).click();
    const offer = myDialog.getByRole('alert');
    await offer.getByText(`${other} changed this while you were at it`).waitFor();
    await offer.getByText(`Before: ${worker.name}`).waitFor();
    await expect.poll(() => offer.getByRole('radio').count()).toBe(2);
    // What only the other one changed is there by itself.
    await expect.poll(() => myDialog.getByLabel('Language').inputValue()).toBe('hi-IN');
    await myDialog.getByRole('button', { name: 'Save' }).click();
    await offer.getByText('Choose one of the two.').waitFor();
    await offer.getByRole('radio', { name: `Take theirs: ${theirName}` }).check();
    await myDialog.getByRole('button', { name: 'Save' }).click();
    await myDialog.waitFor({ state: 'detached' });
    await find(mine.page, theirName);
    const stored = row(mine.page, theirName);
    await stored.getByText('Shift Supervisor').waitFor();
    await stored.getByText('Hindi').waitFor();

    // Without a conflict nobody is asked.
    const again = await open(mine);
    const theirsAgain = await open(theirs);
    await theirsAgain.getByLabel('Language').selectOption('en-GB');
    await theirsAgain.getByRole('button', { name: 'Save' }).click();
    await theirsAgain.waitFor({ state: 'detached' });
    await again.getByLabel('Name').fill(worker.name);
    await again.getByRole('button', { name: 'Save' }).click();
    await again.waitFor({ state: 'detached' });
    await find(mine.page, worker.name);
    await row(mine.page, worker.name).getByText('British English').waitFor();
    expectNoOtherFaults(mine, /status of 412/);
    expectNoFaults(theirs);
  });

  it('keeps what was typed when the session is over, and when the dialog was closed', async () => {
    const worker = await newWorker();
    const { email } = await newColleague(suite, 'company_admin');
    const window = await workersPage(email, PASSWORD);
    const { page } = window;
    await page.goto(`/office/workers?open=${worker.id}`);
    const edit = page.getByRole('dialog', { name: 'Edit the worker' });
    const typed = `${worker.name} Das`;
    await edit.getByLabel('Name').fill(typed);
    await asked(suite, '/logout', { everywhere: true }, { token: await tokenOf(suite, email) });
    await page.getByText('Your session is over.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Your session is over.').waitFor({ state: 'detached' });
    await expect.poll(() => edit.getByLabel('Name').inputValue()).toBe(typed);

    await page.keyboard.press('Escape');
    await edit.waitFor({ state: 'detached' });
    await find(page, worker.name);
    await page.getByRole('button', { name: `Edit: ${worker.name}` }).click();
    await edit.getByText('This is what you typed before.').waitFor();
    await expect.poll(() => edit.getByLabel('Name').inputValue()).toBe(typed);
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.waitFor({ state: 'detached' });
    await row(page, typed).waitFor();
    expectNoFaults(window);
  });

  it('is handed over as a file, and erased by name', async () => {
    const worker = await newWorker();
    const window = await workersPage();
    const { page } = window;
    await find(page, worker.name);
    await page.getByRole('button', { name: `More: ${worker.name}` }).click();
    await page.getByRole('menuitem', { name: 'What is stored' }).click();
    const dialog = page.getByRole('dialog');
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save as a file' }).click();
    expect(JSON.parse(await textOf(download)).worker).toMatchObject({ id: worker.id });
    const confirm = dialog.getByLabel(`Type “${worker.name}” to confirm`);
    await confirm.fill('somebody');
    await dialog.getByRole('button', { name: 'Erase' }).click();
    await dialog.getByText('This is not the name.').waitFor();
    await confirm.fill(worker.name);
    await dialog.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('No worker fits these filters.').waitFor();
    expectNoFaults(window);
  });

  it('is only looked at by those who are no company admin, and not at all by another company', async () => {
    const worker = await newWorker();
    const viewer = await workersPage('viewer@example.com');
    await find(viewer.page, worker.name);
    await row(viewer.page, worker.name).waitFor();
    expect(await viewer.page.getByRole('button', { name: /Add|Edit|More:|Save/ }).count()).toBe(0);
    await viewer.page.goto(`/office/workers?open=${worker.id}`);
    await viewer.page.getByRole('row').nth(1).waitFor();
    expect(await viewer.page.getByRole('dialog').count()).toBe(0);
    await viewer.page.goto('/office/workers/import');
    await viewer.page.getByText('Only a company admin may see this.').waitFor();

    const other = await workersPage('other@example.com');
    await find(other.page, worker.name);
    await other.page.getByText('No worker fits these filters.').waitFor();
    await other.page.goto(`/office/workers?open=${worker.id}`);
    await other.page.getByText('Your company has no such worker.').waitFor();
    expect(await other.page.content()).not.toContain(worker.mobile_no);
    expectNoFaults(viewer);
    expectNoOtherFaults(other, /status of 404/);
  });
});

describe('two thousand workers', () => {
  const ROWS = 2_000;
  const FAULTS = 3;

  it(
    'come from a file with faults in it, and the same file changes nobody afterwards',
    async () => {
      const word = unique('Crew');
      const prefix = `+9197${anyNumber().slice(-4)}`;
      const numberOf = (n: number) => prefix + String(n).padStart(4, '0');
      const lines = Array.from({ length: ROWS }, (_, n) => `${word} ${n};${numberOf(n)};`);
      lines[9] = `${word} nine;12;`;
      lines[1_499] = `${word} moon;${numberOf(1_499)};Nowhere`;
      lines[1_999] = `=1+1;${numberOf(1_999)};`;
      const file = (name: string, text: string) => ({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
      const csv = `\ufeffName;Mobile no.;Site\r\n${lines.join('\r\n')}\r\n`;

      const window = await workersPage();
      const { page } = window;
      await page.getByRole('link', { name: 'Import a file' }).click();
      const input = page.locator('input[type="file"]');
      await input.setInputFiles(file('broken.csv', 'name;mobile_no\n"Asha;1\n'));
      await page.getByText('The file cannot be read from line 2 on').waitFor();
      await input.setInputFiles(file('crew.csv', csv));
      await page.getByRole('heading', { name: 'What crew.csv would do' }).waitFor();
      const table = page.getByRole('region', { name: 'Rows of the file' });
      const faulty = table.getByRole('row').filter({ hasText: /\.$|must|no site|formula/ });
      await faulty.first().waitFor();
      // The faulty ones stand first.
      await expect
        .poll(async () => (await table.getByRole('rowheader').allInnerTexts()).slice(0, 4))
        .toEqual(['11', '1501', '2001', '2']);
      await page.getByText(`New ${ROWS - FAULTS}`).click();
      await page.getByText(`100 of ${ROWS - FAULTS} rows`).waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the faulty rows' }).click();
      const faultyRows = await textOf(download);
      expect(faultyRows.split('\r\n')).toHaveLength(FAULTS + 2);
      expect(faultyRows).toContain(`"${word} nine","12"`);
      expect(faultyRows).toContain('"\'=1+1"');

      const store = page.getByRole('button', { name: `Store ${ROWS - FAULTS} workers` });
      await store.click();
      await page.getByText('Mend the faulty rows and choose the file again').waitFor();
      await page.getByLabel(`Leave out the ${FAULTS} faulty rows`).check();
      await store.click();
      // At nothing it has no width yet.
      await page.getByRole('progressbar').waitFor({ state: 'attached' });
      await page.getByText(`${ROWS - FAULTS} added, 0 changed.`).waitFor({ timeout: LONG });

      await page.getByRole('button', { name: 'Choose another file' }).click();
      await input.setInputFiles(file('again.csv', csv));
      await page.getByText(`Unchanged ${ROWS - FAULTS}`).waitFor();
      await page.getByText('There is nothing to store').waitFor();
      await page.getByRole('link', { name: 'To the workers' }).click();
      await find(page, `${word} 1998`);
      await row(page, numberOf(1_998)).waitFor();

      const exported = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save as a file' }).click();
      expect((await textOf(exported)).split(word)).toHaveLength(ROWS - FAULTS + 1);
      expectNoOtherFaults(window, /status of 400/);
    },
    LONG,
  );

  it(
    'are stored to the last although the connection breaks in between',
    async () => {
      const word = unique('Shift');
      const prefix = `+9196${anyNumber().slice(-5)}`;
      const rows = Array.from(
        { length: 300 },
        (_, n) => `${word},${prefix}${String(n).padStart(3, '0')}`,
      );
      const window = await workersPage();
      const { page } = window;
      await page.goto('/office/workers/import');
      await page.locator('input[type="file"]').setInputFiles({
        name: 'shift.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`name,mobile_no\n${rows.join('\n')}\n`),
      });
      await page.getByRole('button', { name: 'Store 300 workers' }).waitFor();
      // The request arrives, and its answer is lost.
      const loses = async (route: Route) => {
        await route.fetch();
        await route.abort();
      };
      await page.route('**/api/workers/import', loses, { times: 1 });
      await page.getByRole('button', { name: 'Store 300 workers' }).click();
      await page.getByText('The import broke off').waitFor();
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByText('The import is done').waitFor();
      const { body } = await post(suite, '/api/workers/import', {
        csv: `name,mobile_no\n${rows.join('\n')}\n`,
        dry_run: true,
      });
      expect(body).toMatchObject({ totals: { rows: 300, unchanged: 300 } });
      expectNoOtherFaults(window, /ERR_FAILED|status of/);
    },
    LONG,
  );
});
