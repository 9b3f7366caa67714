import type { ElementHandle, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import type { ControlClient } from '../../emulators/twilio/control-client.ts';
import { closeClients } from '../journeys/support.ts';
import { placeLedCall, telephoneLine } from './caller.ts';
import { closeBrowser, expectNoFaults, openWindow } from './page.ts';

/** A call from the first look to the last word, without a mouse. */

const suite = inject('suite');
let line: ControlClient;

beforeAll(async () => {
  line = await telephoneLine(suite);
});

afterAll(async () => {
  line.close();
  await Promise.all([closeBrowser(), closeClients()]);
});

/** Stops of the Tab key in one round of the page, at most. */
const MOST_STOPS = 150;

/**
 * What an element looks like once its transitions are over, as far as focus shows in it: fields show it
 * at what stands around them.
 */
function lookOf(element: ElementHandle): Promise<string> {
  return element.evaluate(async (node) => {
    const window = node.ownerDocument.defaultView;
    const parts: (typeof node)[] = [node, node.parentElement, node.nextElementSibling];
    const there = parts.filter((part) => part !== null);
    const moving: (typeof node)[] = there.flatMap((part) => part.getAnimations());
    const transitions = moving.filter(({ transitionProperty }) => transitionProperty);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
    return there
      .map((part) => {
        const { outline, borderColor, boxShadow, backgroundColor, clipPath, top } =
          window.getComputedStyle(part);
        return [outline, borderColor, boxShadow, backgroundColor, clipPath, top].join(' ');
      })
      .join('|');
  });
}

const focusedOf = (page: Page) => page.locator(':focus');

async function isFocused(page: Page, locator: Locator): Promise<boolean> {
  return (await locator.and(focusedOf(page)).count()) > 0;
}

/** Tabs on until the thing with this selector has the focus; notes stops at which none is to be seen. */
async function tabTo(page: Page, selector: string, unseen: string[]): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await isFocused(page, page.locator(selector))) return;
    const [before] = await focusedOf(page).elementHandles();
    const shown = before && (await lookOf(before));
    await page.keyboard.press('Tab');
    if (!before || (await lookOf(before)) !== shown) continue;
    unseen.push(await before.evaluate((node) => node.outerHTML.slice(0, 200)));
  }
  throw new Error(`The Tab key does not come to ${selector}.`);
}

const button = (name: string) => `button:has-text("${name}")`;

it('a call is found, seen, taken over, spoken on, handed back and left by keys alone', async () => {
  const call = placeLedCall(suite, line);
  onTestFinished(async () => {
    call.hangUp();
    await call.over;
  });
  call.say('gas is leaking in the boiler house');
  const window = await openWindow(suite);
  onTestFinished(() => window.context.close());
  const { page } = window;
  const unseen: string[] = [];
  const go = (selector: string) => tabTo(page, selector, unseen);

  await page.goto('/');
  await page.getByLabel('E-mail address').waitFor();
  await go('input[type="email"]');
  await page.keyboard.type('admin@example.com');
  await go('input[type="password"]');
  await page.keyboard.type('password');
  await page.keyboard.press('Enter');
  const mine = page.getByRole('listitem').filter({ hasText: `•••• ${call.from.slice(-4)}` });
  await mine.waitFor();
  const callId = await mine.locator('[data-call]').getAttribute('data-call');
  await go(`[data-call="${callId}"]`);
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();

  await go(`section ${button('Acknowledge')}`);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Acknowledged' }).waitFor();
  await go(button('Take over'));
  await page.keyboard.press('Enter');
  await page.getByText('With You').waitFor();
  await go('textarea[placeholder]');
  await page.keyboard.type('Walk out now, to gate three.');
  await page.keyboard.press('Enter');
  await expect.poll(call.heard).toContain('to gate three');

  // Menus by arrows; Escape leaves them, and the focus comes back to where it was.
  await go(button('Join by phone'));
  await page.keyboard.press('Enter');
  const listen = page.getByRole('menuitem', { name: 'Listen' });
  await listen.waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => isFocused(page, listen)).toBe(true);
  await page.keyboard.press('Escape');
  await listen.waitFor({ state: 'hidden' });
  const join = page.getByRole('button', { name: 'Join by phone' });
  await expect.poll(() => isFocused(page, join)).toBe(true);

  // Dialogs keep the focus in them; Escape leaves them, too.
  await go(button('End the call'));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  for (let stop = 0; stop < 20; stop += 1) {
    await page.keyboard.press('Tab');
    expect(await dialog.locator(':focus').count()).toBe(1);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  const end = page.getByRole('button', { name: 'End the call' });
  await expect.poll(() => isFocused(page, end)).toBe(true);

  await go(button('Give back to Aurora'));
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await expect.poll(() => isFocused(page, dialog.locator('textarea'))).toBe(true);
  await page.keyboard.type('they walk to gate three');
  await go(`[role="dialog"] ${button('Give back to Aurora')}`);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('With Aurora').waitFor();

  await go('nav a[href="/"], header a[href="/"]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Live calls' }).waitFor();
  expect(unseen).toEqual([]);
  expectNoFaults(window);
}, 180_000);
