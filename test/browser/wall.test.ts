import type { Page } from 'playwright-core';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { expectNoFaults, openWindow, signIn, type Window, type WindowOptions } from './page.ts';
import { useTelephones } from './telephones.ts';

/** The screen that hangs on a wall, which nobody scrolls and nobody wakes. */

const suite = inject('suite');
const { callThatSays } = useTelephones(suite);

/** @param script runs in each page before its own */
async function openWall(script = '', size: Partial<WindowOptions> = {}): Promise<Window> {
  const window = await openWindow({ ...size, baseUrl: suite.baseUrl });
  onTestFinished(() => window.context.close());
  await window.context.addInitScript(script);
  await signIn(window);
  await window.page.goto('/wall');
  await window.page.getByRole('heading', { name: /^\d+ live/ }).waitFor();
  return window;
}

/** How urgent the calls are that are not, or not whole, on the screen, as the browser paints it. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`new Promise((resolve) => {
    const rows = document.querySelectorAll('li[data-urgency]');
    if (rows.length === 0) resolve([]);
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      const cut = entries.filter(({ intersectionRatio }) => intersectionRatio < 0.98);
      resolve(cut.map(({ target }) => target.dataset.urgency.toLowerCase()));
    });
    for (const row of rows) observer.observe(row);
  })`);
}

/** What the wall says of them. */
function inWords(urgencies: readonly string[]): string {
  const kinds = ['critical', 'urgent', 'normal'].flatMap((kind) => {
    const count = urgencies.filter((each) => each === kind).length;
    return count > 0 ? [`${count} ${kind}`] : [];
  });
  return `and ${urgencies.length} more: ${kinds.join(', ')}`;
}

const told = (page: Page) => page.getByText(/^and \d+ more: /);

function toldOfAll(page: Page): Promise<void> {
  return vi.waitFor(
    async () => expect(await told(page).textContent()).toBe(inWords(await cutOff(page))),
    { timeout: 60_000 },
  );
}

describe('calls that a wall has no room for', () => {
  it('are told below by how urgent they are, also when more come, until there is room', async () => {
    const window = await openWall('', { width: 1280, height: 520 });
    const { page } = window;
    for (const hall of ['one', 'two', 'three', 'four', 'five', 'six']) {
      callThatSays(`a lamp is broken in hall ${hall}`);
    }
    await page.getByText('a lamp is broken').nth(5).waitFor({ state: 'attached' });
    await toldOfAll(page);
    const { length } = await cutOff(page);
    expect(length).toBeGreaterThan(1);

    // The alarm takes room from the list.
    callThatSays('there is a fire in hall seven');
    await page.getByRole('link', { name: /critical call/ }).waitFor();
    await expect.poll(async () => (await cutOff(page)).length).toBeGreaterThan(length);
    await toldOfAll(page);

    await page.setViewportSize({ width: 1280, height: 4_000 });
    await told(page).waitFor({ state: 'detached' });
    await expect.poll(() => cutOff(page)).toEqual([]);
    expectNoFaults(window);
  });
});

describe('a wall that fills the screen', () => {
  const isFull = (page: Page) =>
    page.evaluate<boolean>('document.fullscreenElement === document.documentElement');

  it('is given back by the same button', async () => {
    const window = await openWall();
    const { page } = window;
    await page.getByRole('button', { name: 'Full screen', exact: true }).click();
    const leave = page.getByRole('button', { name: 'Leave full screen' });
    await leave.waitFor();
    await expect.poll(() => isFull(page)).toBe(true);
    await leave.click();
    await page.getByRole('button', { name: 'Full screen', exact: true }).waitFor();
    await expect.poll(() => isFull(page)).toBe(false);
    expectNoFaults(window);
  });

  it('stays as it is where the browser refuses', async () => {
    const window = await openWall(`Element.prototype.requestFullscreen = async () => {
      globalThis.refused = true;
      throw new TypeError('Permissions check failed');
    };`);
    const { page } = window;
    const button = page.getByRole('button', { name: 'Full screen', exact: true });
    await button.click();
    await expect.poll(() => page.evaluate('globalThis.refused')).toBe(true);
    expect(await button.isEnabled()).toBe(true);
    expect(await isFull(page)).toBe(false);
    expectNoFaults(window);
  });

  it('has no button for it where no page may', async () => {
    const window = await openWall(
      `Object.defineProperty(Document.prototype, 'fullscreenEnabled', { get: () => false });`,
    );
    const { page } = window;
    await page.getByRole('link', { name: 'Back to the live calls' }).waitFor();
    expect(await page.getByRole('button', { name: 'Full screen', exact: true }).count()).toBe(0);
    expectNoFaults(window);
  });
});

describe('a wall that must stay awake', () => {
  const SLEEPS = 'This screen may fall asleep. Switch that off in its settings.';

  /**
   * Tells of the browser's own locks. In a headless one every page stays visible: that somebody looks
   * at another window, which takes the lock away, is played.
   */
  const TELL = `
    const { request } = WakeLock.prototype;
    const locks = [];
    let asked = 0;
    WakeLock.prototype.request = async function (type) {
      asked += 1;
      const lock = await request.call(this, type);
      locks.push(lock);
      return lock;
    };
    let visibility = 'visible';
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => visibility });
    const turn = (to) => {
      visibility = to;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const held = () => locks.filter(({ released }) => !released).map(({ type }) => type);
    Object.assign(globalThis, {
      held,
      asked: () => asked,
      lookAway: async () => {
        for (const lock of locks) await lock.release();
        turn('hidden');
      },
      lookBack: () => turn('visible'),
    });`;
  const PERMISSIONS = ['notifications', 'screen-wake-lock'];
  const held = (page: Page) => page.evaluate<string[]>('held()');

  it('holds one lock, a new one after each look at another window, and none elsewhere', async () => {
    const window = await openWall(TELL);
    const { page, context } = window;
    await context.grantPermissions(PERMISSIONS);
    await page.reload();
    await expect.poll(() => held(page)).toEqual(['screen']);
    await page.evaluate('lookAway()');
    expect(await held(page)).toEqual([]);
    await page.evaluate('lookBack()');
    await expect.poll(() => held(page)).toEqual(['screen']);
    expect(await page.getByText(SLEEPS).count()).toBe(0);
    expect(await page.evaluate('asked()')).toBe(2);
    await page.getByRole('link', { name: 'Back to the live calls' }).click();
    await page.getByRole('heading', { name: 'Live calls' }).waitFor();
    await expect.poll(() => held(page)).toEqual([]);
    await page.evaluate('lookBack()');
    expect(await page.evaluate('asked()')).toBe(2);
    expectNoFaults(window);
  });

  it('shows its calls and says so where the browser refuses, and no more once it does not', async () => {
    const window = await openWall(TELL);
    const { page, context } = window;
    await page.getByText(SLEEPS).waitFor();
    callThatSays('a lamp flickers in hall eight');
    await page.getByText('a lamp flickers in hall eight').waitFor();
    await context.grantPermissions(PERMISSIONS);
    await page.evaluate('lookAway()');
    await page.evaluate('lookBack()');
    await page.getByText(SLEEPS).waitFor({ state: 'detached' });
    await expect.poll(() => held(page)).toEqual(['screen']);
    expectNoFaults(window);
  });

  it('says where the browser knows no such lock', async () => {
    const window = await openWall('delete Navigator.prototype.wakeLock;');
    await window.page.getByText(SLEEPS).waitFor();
    expectNoFaults(window);
  });
});
