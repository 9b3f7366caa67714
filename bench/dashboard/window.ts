import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A browser's window before the control room, and what it measures of itself. */

export type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface Shown {
  /** Milliseconds from the navigation until it was on the page. */
  shown: number;
  /** And until no task kept the page from answering. */
  interactive: number;
}

export interface Strain {
  /** Milliseconds of each task of more than 50 ms. */
  longTasks: number[];
  /** Milliseconds between frames. */
  frames: number[];
  /** Milliseconds from a key until the frame that follows it. */
  keys: number[];
}

/** What in-page.js puts into every page. */
interface InPage {
  waitFor(selector: string): void;
  isShown(): boolean;
  loaded(): Shown;
  watchMarks(): void;
  painted(): Record<string, number>;
  watchStrain(): void;
  strain(): Strain;
}

declare global {
  var auroraBench: InPage;
}

const SCRIPT = await readFile(new URL('in-page.js', import.meta.url), 'utf8');

/** Milliseconds in which a task that is under way ends, or it is one of the page at rest. */
const AT_REST = 700;

/** Of the demo's supervisors. */
export const ACCOUNT = { email: 'admin@example.com', password: 'password' };

/** Signs in once; the session can be put into other windows. */
export async function signIn(browser: Browser, baseURL: string): Promise<Kept> {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('E-mail address').fill(ACCOUNT.email);
  await page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Live calls' }).waitFor();
  const kept = await context.storageState();
  await context.close();
  return kept;
}

/** A window of its own, with nothing cached. */
export async function openPage(browser: Browser, baseURL: string, kept?: Kept): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    // What measures is not of the page's origin.
    bypassCSP: true,
    ...(kept ? { storageState: kept } : {}),
  });
  await context.addInitScript(SCRIPT);
  return context.newPage();
}

/** Loads a page, and waits for an element of it. */
export async function load(page: Page, path: string, selector: string): Promise<Shown> {
  await page.addInitScript((wanted) => globalThis.auroraBench.waitFor(wanted), selector);
  await page.goto(path);
  await page.waitForFunction(() => globalThis.auroraBench.isShown());
  await page.waitForTimeout(AT_REST);
  return page.evaluate(() => globalThis.auroraBench.loaded());
}

/** Notes when words that hold `mark` and a number are painted, by the machine's clock. */
export async function watchMarks(page: Page): Promise<() => Promise<Record<string, number>>> {
  await page.evaluate(() => globalThis.auroraBench.watchMarks());
  return () => page.evaluate(() => globalThis.auroraBench.painted());
}

/** Measures the page until the returned function is called; a key is pressed each second. */
export async function watchStrain(page: Page): Promise<() => Promise<Strain>> {
  await page.evaluate(() => globalThis.auroraBench.watchStrain());
  const pressing = setInterval(() => void page.keyboard.press('Tab').catch(() => {}), 1_000);
  return () => {
    clearInterval(pressing);
    return page.evaluate(() => globalThis.auroraBench.strain());
  };
}
