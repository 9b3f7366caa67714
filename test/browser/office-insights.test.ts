import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { scriptedCaller } from '../../emulators/twilio/telephone.ts';
import type { InsightsView } from '../../functions/src/admin/insights/views.ts';
import { ask, closeClients, telephone } from '../journeys/support.ts';
import { chooseHindi } from './axe.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn, type Window } from './page.ts';

/** What the calls of some days say together: what is shown is what the API counts. */

const suite = inject('suite');
/** One question that no manual answers, in words that no other test has. */
const QUESTION = 'what time does the canteen open on founders day';

beforeAll(async () => {
  for (const words of ['there is a fire in the paint shop', QUESTION]) {
    await telephone(suite, { caller: scriptedCaller([words]) });
  }
  const counted = async () => {
    const { urgency, unanswered } = await insights();
    return urgency.CRITICAL > 0 && unanswered.questions > 0;
  };
  await vi.waitUntil(counted, { timeout: 110_000, interval: 200 });
});

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

async function insights(email?: string): Promise<InsightsView> {
  const { status, body } = await ask(suite, '/api/insights', email);
  expect(status).toBe(200);
  return body as unknown as InsightsView;
}

async function opened(email?: string, language: 'en' | 'hi' = 'en'): Promise<Window> {
  const window = await openWindow({ baseUrl: suite.baseUrl });
  onTestFinished(() => window.context.close());
  await signIn(window, email);
  if (language === 'hi') await chooseHindi(window);
  await window.page.goto('/office/insights');
  return window;
}

const figure = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** The cells of a figure's table by row; the table is unfolded first where it is folded. */
async function cells(region: Locator): Promise<string[][]> {
  await region.waitFor();
  for (const details of await region.locator('details:not([open]) > summary').all()) {
    await details.click();
  }
  const rows = region.getByRole('table').locator('tbody tr');
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map(({ textContent }) => textContent ?? '')),
  );
}

/** What is told of no calls that were archived meanwhile: both are read until they are of one moment. */
async function sameAsApi(
  window: Window,
  region: string,
  expected: (view: InsightsView) => unknown[][],
): Promise<void> {
  await expect
    .poll(
      async () => {
        const before = await insights();
        await window.page.reload();
        const shown = await cells(figure(window.page, region));
        const numbers = shown.map((row) => row.slice(1, 1 + (expected(before)[0]?.length ?? 0)));
        return JSON.stringify(numbers) === JSON.stringify(expected(before)) || numbers;
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(true);
}

describe('the insights', () => {
  it('are the numbers of the API, in every table', async () => {
    const window = await opened();
    await sameAsApi(window, 'Calls over time, by urgency', ({ days }) =>
      days.map(({ calls, CRITICAL, URGENT, NORMAL }) =>
        [calls, CRITICAL, URGENT, NORMAL].map(String),
      ),
    );
    await sameAsApi(window, 'Busiest hours', ({ hours }) => hours.map((row) => row.map(String)));
    await sameAsApi(window, 'Hazards', ({ hazards }) =>
      hazards.map(({ calls }) => [String(calls)]),
    );
    await sameAsApi(window, 'By worker', ({ workers }) =>
      (workers ?? []).map(({ calls }) => [String(calls)]),
    );
    await sameAsApi(window, 'Where Aurora’s replies came from', ({ rungs }) =>
      rungs.map(({ replies }) => [String(replies)]),
    );
    const view = await insights();
    const times = await cells(figure(window.page, 'How long it took, against your targets'));
    expect(times.map(([what]) => what)).toEqual([
      'First answer of Aurora',
      'Acknowledged by a supervisor',
      'A supervisor spoke with the caller',
      'Length of the call',
    ]);
    expect(times.map(([, calls]) => Number(calls))).toEqual([
      view.first_answer.count,
      view.acknowledgement.count,
      view.takeover.count,
      view.duration.count,
    ]);
    await window.page.getByText(`${view.urgency.CRITICAL} critical.`).waitFor();
    await window.page.locator('.recharts-bar-rectangle').first().waitFor();
    expectNoFaults(window);
  });

  it('list what no manual answers, and lead to the call', async () => {
    const window = await opened();
    const { page } = window;
    const list = page.getByRole('region', { name: 'Questions without an answer, newest first' });
    const row = list.getByRole('row').filter({ hasText: QUESTION });
    await row.getByRole('link').click();
    await page.getByRole('log').getByText(QUESTION).first().waitFor();
    expectNoFaults(window);
  });

  it('leave one entry in the audit log for a look at these questions, and no caller’s number', async () => {
    const noted = async (action: string) => {
      const { body } = await ask(suite, `/api/audit?action=${action}&limit=100`);
      return (body.items as unknown[]).length;
    };
    const looks = () => noted('insights.unanswered_read');
    const [before, read] = [await looks(), await noted('conversation.read')];
    const window = await opened();
    const { page } = window;
    await page.getByRole('row').filter({ hasText: QUESTION }).waitFor();
    await expect.poll(looks).toBe(before + 1);
    expect(await noted('conversation.read')).toBe(read);
    await page.goto('/office/audit?action=insights.unanswered_read');
    const newest = page
      .getByRole('list', { name: /^Audit log/ })
      .getByRole('listitem')
      .first();
    await newest.getByText('Read the questions without an answer').waitFor();
    const words = await newest.innerText();
    expect(words).toMatch(/Questions\s+after\s+\d+/);
    expect(words).not.toContain('conv_');
    expectNoFaults(window);
  });

  it('are saved as the file that the API makes of the same days', async () => {
    const window = await opened();
    const { page } = window;
    await page.getByLabel('Days', { exact: true }).selectOption({ label: 'The last 7 days' });
    await expect.poll(() => new URL(page.url()).searchParams.get('days')).toBe('7');
    await figure(page, 'Urgency').getByRole('button', { name: 'Export: Urgency' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^insights-urgency-.*\.csv$/);
    const text = (await readFile(await download.path(), 'utf8')).trim();
    const lines = text.replaceAll('"', '').split(/\r?\n/);
    expect(lines[0]).toMatch(/urgency,calls/);
    const saved = lines.slice(1).map((line) => line.split(','));
    const shown = await cells(figure(page, 'Urgency'));
    expect(saved.map(([name = '', calls]) => [name.toLowerCase(), calls])).toEqual(
      shown.map(([name = '', calls]) => [name.toLowerCase(), calls]),
    );
    expectNoFaults(window);
  });

  it('stand in the address: days and site, after a reload and for whoever is sent it', async () => {
    const window = await opened();
    const { page } = window;
    await page.goto('/office/insights?from=2020-01-01&to=2020-01-31');
    await page.getByText('No call ended in these days.').waitFor();
    await expect
      .poll(() => page.getByLabel('From', { exact: true }).inputValue())
      .toBe('2020-01-01');
    await page.getByLabel('To', { exact: true }).fill('2019-12-31');
    await page.getByText('The first day is after the last one.').waitFor();
    await page.getByLabel('Days', { exact: true }).selectOption({ label: 'Today' });
    await figure(page, 'Calls over time, by urgency').waitFor();
    expect([...new URL(page.url()).searchParams]).toEqual([['days', '1']]);
    expectNoFaults(window);
  });

  it('are read by keyboard alone', async () => {
    const window = await opened();
    const { page } = window;
    const last = 'Questions without an answer, newest first';
    await page.getByRole('region', { name: last }).waitFor();
    await page.getByLabel('Days', { exact: true }).focus();
    // Not the selector :focus, which the button inside of a field for dates escapes.
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.ariaLabel ?? document.activeElement.textContent',
      );
    const seen: string[] = [];
    // As far as the last of what can be reached on a screen of this kind.
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
      if (seen.at(-1) === last) break;
    }
    expect(seen).toContain('Export: Calls over time, by urgency');
    expect(seen).toContain('Calls by weekday and hour');
    expect(seen.at(-1)).toBe(last);
    const summary = figure(page, 'Urgency').locator('summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    await figure(page, 'Urgency').getByRole('table').waitFor();
    expectNoFaults(window);
  });

  it('name no workers to a supervisor of a company in which all see all', async () => {
    expect((await insights('supervisor@example.com')).workers).toBeNull();
    const window = await opened('supervisor@example.com');
    await figure(window.page, 'By site').waitFor();
    await figure(window.page, 'Urgency').waitFor();
    expect(await figure(window.page, 'By worker').count()).toBe(0);
    expectNoFaults(window);
  });

  it('say to a viewer who may see them', async () => {
    const window = await opened('viewer@example.com');
    await window.page.getByText('Insights are for supervisors and company admins').waitFor();
    expect(await window.page.getByRole('button', { name: /^Export/ }).count()).toBe(0);
    expectNoFaults(window);
  });

  it('are all in Hindi where Hindi was chosen', async () => {
    const window = await opened(undefined, 'hi');
    const { page } = window;
    await page.getByRole('heading', { level: 1, name: 'विश्लेषण' }).waitFor();
    await figure(page, 'सबसे व्यस्त घंटे').waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('hi');
    const words = await page.getByRole('main').innerText();
    // Names, an id of the installation, and the callers' own words stay.
    const known = /Aurora|Asia\/Kolkata|[a-z-]+#[a-z0-9-]+/g;
    const headings = await page.getByRole('heading').allInnerTexts();
    for (const heading of headings) expect(heading.replace(known, '')).not.toMatch(/[A-Za-z]/);
    expect(words).toContain('पिछले 30 दिनों में');
    expectNoFaults(window);
  });
});
