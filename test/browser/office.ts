import type { Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { RunningSuite } from '../journeys/support.ts';
import { openWindow, signIn, type Window } from './page.ts';

/** The office, as its tests come to it. */

/** A window of its own on one part of the office; it is closed with its test. */
export async function officeOf(
  suite: Pick<RunningSuite, 'baseUrl'>,
  part: string,
  email?: string,
  password?: string,
): Promise<Window> {
  const window = await openWindow(suite);
  onTestFinished(() => window.context.close());
  await signIn(window, email, password);
  await window.page.goto(`/office/${part}`);
  await window.page.getByRole('heading', { level: 1 }).waitFor();
  return window;
}

/** The entry of a list that holds this text. */
export const entry = (page: Page, text: string) =>
  page.getByRole('listitem').filter({ hasText: text });

/** What the audit log shows under these words, as a company admin searches for it. */
export async function noted(page: Page, words: string): Promise<Locator> {
  await page.goto('/office/audit');
  await page.getByLabel('Search in names, ids and changed fields').fill(words);
  await page.waitForURL(/\?q=/);
  return page.getByRole('list', { name: 'Audit log, the newest first' });
}
