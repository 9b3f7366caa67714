import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { post } from '../journeys/people.ts';
import { anyNumber, closeClients } from '../journeys/support.ts';
import { newColleague, PASSWORD, unique } from './colleagues.ts';
import { entry, noted, officeOf } from './office.ts';
import { closeBrowser, expectNoFaults } from './page.ts';

/** Where people work. */

const suite = inject('suite');

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

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
    const admin = await officeOf(suite, 'sites');
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
      .poll(() => dialog.getByLabel('Emergency number').and(page.locator(':focus')).count())
      .toBe(1);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('101');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('101').waitFor();
    await expect.poll(() => add.and(page.locator(':focus')).count()).toBe(1);

    const edit = page.getByRole('button', { name: `Edit: ${name}` });
    await press(edit);
    await dialog.waitFor();
    await tabTo(page, dialog.getByLabel('Assembly point'));
    await page.keyboard.type('Gate 2');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).getByText('Gate 2').waitFor();
    await expect.poll(() => edit.and(page.locator(':focus')).count()).toBe(1);

    await press(page.getByRole('button', { name: `Remove: ${name}` }));
    await dialog.getByText('No worker and no number names this site.').waitFor();
    await press(dialog.getByRole('button', { name: 'Remove' }));
    await dialog.waitFor({ state: 'detached' });
    await entry(page, name).waitFor({ state: 'detached' });
    const heading = page.getByRole('heading', { level: 1 });
    await expect.poll(() => heading.and(page.locator(':focus')).count()).toBe(1);

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
    const { page } = await officeOf(suite, 'sites');
    await page.getByRole('button', { name: `Remove: ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`Workers: ${worker}`).waitFor();
    expect(await dialog.getByRole('button', { name: 'Remove' }).count()).toBe(0);
  });

  it('keep what each of two changes, and ask where both changed the same', async () => {
    const name = unique('Dock');
    const site = await post(suite, '/api/sites', { name, address: 'Road 1' });
    const { id } = site.body as { id: string };
    const other = await newColleague(suite, 'company_admin');
    const mine = await officeOf(suite, `sites?open=${id}`);
    const theirs = await officeOf(suite, `sites?open=${id}`, other.email, PASSWORD);
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
    const { page } = await officeOf(suite, 'sites', 'supervisor@example.com');
    await page.getByText('A company admin can change it.').waitFor();
    expect(await page.getByRole('button', { name: 'Add a site' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^(Edit|Remove): / }).count()).toBe(0);
  });
});
