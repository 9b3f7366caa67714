import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { ControlClient } from '../../emulators/twilio/control-client.ts';
import { anyNumber, closeClients, login } from '../journeys/support.ts';
import { type LedCall, placeLedCall, telephoneLine } from './caller.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn, type Window } from './page.ts';

/** Manuals from the draft to what callers hear, in a real browser and on the telephone. */

/** Milliseconds: each of these opens windows, and starts functions that were asleep. */
const PATIENCE = 60_000;
vi.setConfig({ testTimeout: 5 * PATIENCE });

const suite = inject('suite');
const SUPERVISOR = 'supervisor@example.com';
let line: ControlClient;

beforeAll(async () => {
  line = await telephoneLine(suite);
});

afterAll(async () => {
  line.close();
  await Promise.all([closeBrowser(), closeClients()]);
});

async function windowOf(email?: string): Promise<Window> {
  const window = await openWindow({ ...suite, width: 1440, height: 900 });
  onTestFinished(() => window.context.close());
  window.page.setDefaultTimeout(PATIENCE);
  await signIn(window, email);
  return window;
}

/** Ids of manuals that no other test has. */
const idOf = (topic: string) => `${topic}-${anyNumber().slice(-6)}`;

function guide(id: string, answer: string, question = 'Where do I leave my badge'): string {
  return `---\nid: ${id}\ntitle: ${id}\nsource: Plant safety board\n---\n\n# ${question}\n\n${answer}\n`;
}

async function ask(method: string, path: string, email: string, body: unknown): Promise<void> {
  const token = await login(suite, email);
  const response = await fetch(suite.baseUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
}

const upload = (text: string) => ask('POST', '/api/manuals', SUPERVISOR, { text });

function callFrom(): LedCall {
  const call = placeLedCall(suite, line, anyNumber());
  onTestFinished(async () => {
    call.hangUp();
    await call.over;
  });
  return call;
}

/** All that somebody hears who phones, asks this, and is answered in either of these ways. */
async function heardBy(question: string, ways: RegExp): Promise<string> {
  const call = callFrom();
  call.say(question);
  await expect.poll(call.heard, { timeout: PATIENCE }).toMatch(ways);
  call.hangUp();
  await call.over;
  return call.heard();
}

/** Milliseconds until a publication or a withdrawal must have reached the telephone. */
const HEARD_WITHIN = { timeout: 2 * PATIENCE, interval: 1_000 };

describe('a manual', () => {
  it(
    'is written, tried, approved by somebody else, spoken on the telephone, and withdrawn',
    async () => {
      const id = idOf('respirators');
      const question = 'Where do I find the respirator cartridges';
      const answer = 'The cartridges hang behind the blue door of hall nine.';
      const ways = /behind the blue door|no answer to that/i;
      const writer = await windowOf(SUPERVISOR);
      const { page } = writer;
      await page.getByRole('link', { name: 'Office' }).click();
      await page.getByRole('link', { name: 'Manuals and cards' }).click();
      await page.getByRole('link', { name: 'Write or upload one' }).click();
      const text = page.getByRole('textbox', { name: 'Text' });
      await text.fill(guide(id, answer, question));
      await page.getByRole('button', { name: 'Save as a draft' }).click();
      await page.getByRole('heading', { level: 1, name: id }).waitFor();
      const passage = page.locator(`[data-passage="${id}#1"]`);
      await passage.getByText(answer).waitFor();
      await passage.getByText(question).waitFor();
      await expect
        .poll(() => page.getByRole('button', { name: 'Approve' }).isDisabled())
        .toBe(true);
      await page.getByText('You have written a part of this draft').waitFor();
      await page.getByRole('button', { name: 'It is ready' }).click();
      await page.getByText('Waiting for approval').waitFor();
      expect(await heardBy(question, ways)).not.toContain(answer);

      const reviewer = await windowOf();
      const { page: desk } = reviewer;
      await desk.goto('/office/manuals?state=waiting');
      await desk.getByRole('link', { name: id }).click();
      await desk.getByRole('tab', { name: 'Try it' }).click();
      await desk.getByLabel('What a caller says').fill(question);
      await desk.getByRole('button', { name: 'Keep as an example' }).click();
      await desk.getByRole('button', { name: 'Try all examples' }).click();
      const draft = desk.getByRole('region', { name: 'With version 1' });
      await draft.getByText(answer).first().waitFor();
      await draft.getByText(`${id}#1`).waitFor();
      await draft.getByText('Normal', { exact: true }).waitFor();
      const now = desk.getByRole('region', { name: 'What callers hear now' });
      await now.getByText('I have no answer to that').waitFor();
      await desk.getByText('The words are not the same.').waitFor();
      await desk.getByRole('button', { name: 'Approve' }).click();
      await desk.getByRole('button', { name: 'I have read it: approve' }).click();
      await desk.getByRole('button', { name: 'Publish' }).click();
      await desk.getByRole('button', { name: 'Publish version 1' }).click();
      await desk.getByText('Published: this is what callers hear.').waitFor();
      await expect.poll(() => heardBy(question, ways), HEARD_WITHIN).toContain(answer);

      await desk.reload();
      await desk.getByRole('button', { name: `Try: ${question}` }).waitFor();
      await desk.getByRole('button', { name: 'Withdraw' }).click();
      await desk.getByRole('button', { name: 'Withdraw version 1' }).click();
      await desk.getByText('Fill this in.').waitFor();
      await desk.getByLabel('Reason').fill('The cartridges have moved.');
      await desk.getByRole('button', { name: 'Withdraw version 1' }).click();
      await desk.getByText('Withdrawn: nobody hears it.').waitFor();
      await desk.getByText('The cartridges have moved.').waitFor();
      await expect.poll(() => heardBy(question, ways), HEARD_WITHIN).not.toContain(answer);
      expectNoFaults(writer, reviewer);
    },
    10 * PATIENCE,
  );

  it('that cannot be spoken is refused with line and reason beside the text', async () => {
    const id = idOf('faulty');
    const { page } = await windowOf(SUPERVISOR);
    await page.goto('/office/manuals/new');
    const text = page.getByRole('textbox', { name: 'Text' });
    const faulty = 'Wait here, the fire brigade is on its way.';
    await text.fill(guide(id, faulty));
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'One line can’t be spoken' });
    await alert.getByText('promises that help').waitFor();
    await alert.getByText(faulty).waitFor();
    await alert.getByRole('button', { name: 'Go to line 9' }).click();
    const selected = await page.evaluate('getSelection().toString()');
    expect(selected).toBe(faulty);
    await page.keyboard.type('Leave it with the guard.');
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await page.locator('[data-passage]').getByText('Leave it with the guard.').waitFor();
    await page.getByRole('heading', { level: 1, name: id }).waitFor();
  });

  it('is taken from a file, and the text that was there can be brought back', async () => {
    const id = idOf('file');
    const window = await windowOf(SUPERVISOR);
    const { page } = window;
    await page.goto('/office/manuals/new');
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.fill('My own words');
    const buffer = Buffer.from(guide(id, 'Leave it at gate two.'));
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'badges.md', mimeType: 'text/markdown', buffer });
    await page.getByText('The text is now that of badges.md').waitFor();
    await expect.poll(() => text.inputValue()).toContain('Leave it at gate two.');
    await page.getByRole('button', { name: 'Bring back what was there before' }).click();
    await expect.poll(() => text.inputValue()).toBe('My own words');
    expectNoFaults(window);
  });

  it('is compared version by version, and tells without colours what is new', async () => {
    const id = idOf('compared');
    await upload(guide(id, 'Leave it at gate two. Take nothing with you.'));
    await upload(guide(id, 'Leave it at gate three. Take nothing with you.'));
    const window = await windowOf('viewer@example.com');
    const { page } = window;
    await page.goto(`/office/manuals/${id}.en?tab=versions`);
    const difference = page.getByRole('region', {
      name: 'Difference between version 1 and version 2',
    });
    await difference.getByText('Removed').waitFor();
    await expect
      .poll(() => difference.locator('del').allTextContents())
      .toEqual(['Leave it at gate two. Take nothing with you.']);
    await expect
      .poll(() => difference.locator('ins').allTextContents())
      .toEqual(['Leave it at gate three. Take nothing with you.']);
    await page.getByLabel('Before').selectOption('2');
    await page.getByText('Both have the same text.').waitFor();
    await page.getByText('You may read and try it.').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expectNoFaults(window);
  });

  it('is not approved in other words than those that were read', async () => {
    const id = idOf('changed');
    await upload(guide(id, 'Leave it at gate two.'));
    const { page } = await windowOf();
    await page.goto(`/office/manuals/${id}.en`);
    await page.getByText('Leave it at gate two.').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    const other = { text: guide(id, 'Leave it at gate three.') };
    await ask('PATCH', `/api/manuals/${id}.en`, SUPERVISOR, other);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'I have read it: approve' }).click();
    await dialog.getByText('Somebody has changed it since you read it.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('has changed this draft while you had it open').waitFor();
    await page.getByText('Leave it at gate three.').waitFor();
    await page.getByRole('button', { name: 'Show what it says now' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByRole('button', { name: 'I have read it: approve' }).click();
    await page.getByText('Approved: these words are fixed.').waitFor();
  });

  it('that two write at once keeps the words of both', async () => {
    const id = idOf('both');
    await upload(guide(id, 'Leave it at gate two.'));
    const { page } = await windowOf();
    await page.goto(`/office/manuals/${id}.en`);
    await page.getByRole('link', { name: 'Edit the draft' }).click();
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.fill(guide(id, 'Leave it at gate four.'));
    const theirs = { text: guide(id, 'Leave it at gate three.') };
    await ask('PATCH', `/api/manuals/${id}.en`, SUPERVISOR, theirs);
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const offer = page.getByRole('alert').filter({ hasText: 'Somebody has written it meanwhile' });
    await offer.getByText('What it says now').click();
    await offer.getByText('Leave it at gate three.').waitFor();
    await offer.getByRole('button', { name: 'Save mine as the next version' }).click();
    await page.locator('[data-passage]').getByText('Leave it at gate four.').waitFor();
    await page.getByRole('tab', { name: 'Versions' }).click();
    const difference = page.getByRole('region', { name: 'Difference between' });
    await difference.locator('del', { hasText: 'gate three' }).waitFor();
    await difference.locator('ins', { hasText: 'gate four' }).waitFor();
  });

  it('of another company is not to be seen (I6)', async () => {
    const id = idOf('secret');
    await upload(guide(id, 'Leave it at gate two.'));
    const { page } = await windowOf('other@example.com');
    await page.goto('/office/manuals');
    await page.getByRole('tab', { name: 'Yours' }).waitFor();
    await page.getByRole('tab', { name: /ship with Aurora \(\d+\)/ }).click();
    await page.getByRole('link', { name: 'Fire', exact: true }).waitFor();
    expect(await page.getByText(id).count()).toBe(0);
    await page.goto(`/office/manuals/${id}.en`);
    await page.getByText('There is no such manual in your company.').waitFor();
    expect(await page.getByText('gate two').count()).toBe(0);
  });
});

describe('a card that ships', () => {
  it('is read piece by piece, and one’s own begins with its words', async () => {
    const window = await windowOf(SUPERVISOR);
    const { page } = window;
    await page.goto('/office/manuals?of=aurora');
    await page.getByRole('link', { name: 'Earthquake', exact: true }).click();
    await page.getByText('This card ships with Aurora.').waitFor();
    await page.locator('[data-passage="earthquake#step-1"]').waitFor();
    await page.getByText('Not reviewed yet').waitFor();
    await page.getByRole('link', { name: 'Write your own, beginning with this one' }).click();
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.waitFor();
    const words = await text.inputValue();
    expect(words).toContain('\nid: earthquake\n');
    expect(words).not.toContain('reviewed_by');
    expectNoFaults(window);
  });
});

describe('a question that had no answer', () => {
  it('stands in a list, is tried again, and begins a draft', async () => {
    const word = `gasket${anyNumber().slice(-5)}`;
    const question = `where is the ${word} drawer`;
    await heardBy(question, /no answer to that/i);
    const window = await windowOf(SUPERVISOR);
    const { page } = window;
    const mine = page.getByRole('listitem').filter({ hasText: question });
    await expect
      .poll(
        async () => {
          await page.goto('/office/manuals/unanswered');
          const list = page.getByRole('list', { name: 'Questions without an answer' });
          await list.or(page.getByText('In these days nobody asked')).waitFor();
          return mine.count();
        },
        { timeout: PATIENCE, interval: 2_000 },
      )
      .toBe(1);
    await mine.getByRole('button', { name: 'Try it' }).click();
    const tried = mine.getByRole('region', { name: `What callers hear now: ${question}` });
    await tried.getByText('I have no answer to that').waitFor();
    await mine.getByRole('link', { name: 'Write a passage for this' }).click();
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.waitFor();
    expect(await text.inputValue()).toContain(`# ${question}`);
    expectNoFaults(window);
  });
});

describe('without a mouse', () => {
  it('a manual is written, tried and said to be ready; what was typed outlives the session', async () => {
    const id = idOf('keys');
    const answer = 'Leave it in the red box.';
    const window = await windowOf(SUPERVISOR);
    const { page } = window;
    async function go(to: Locator): Promise<void> {
      for (let stop = 0; stop < 80; stop += 1) {
        if ((await to.and(page.locator(':focus')).count()) > 0) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`The Tab key does not come to ${to}.`);
    }
    await page.goto('/office/manuals');
    await page.getByRole('heading', { level: 1, name: 'Manuals and cards' }).waitFor();
    await go(page.getByRole('link', { name: 'Write or upload one' }));
    await page.keyboard.press('Enter');
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.waitFor();
    await go(text);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(guide(id, answer, 'Where do I leave the red tag'));
    await ask('POST', '/logout', SUPERVISOR, { everywhere: true });
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await go(dialog.getByLabel('Password', { exact: true }));
    await page.keyboard.type('password');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => text.inputValue()).toContain(answer);
    await go(page.getByRole('button', { name: 'Save as a draft' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: id }).waitFor();
    await go(page.getByRole('tab', { name: 'What can be spoken' }));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const words = page.getByLabel('What a caller says');
    await words.waitFor();
    await go(words);
    await page.keyboard.type('where do I leave the red tag');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'With version 1' }).getByText(answer).first().waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: id }).waitFor();
    await go(page.getByRole('button', { name: 'It is ready' }));
    await page.keyboard.press('Enter');
    await page.getByText('Ready, and waiting for somebody').waitFor();
    expectNoFaults(window);
  });
});
