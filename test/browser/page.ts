import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from './browser.ts';

/** The control room, as a person has it before them: a window of their own, and what went wrong in it. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** Errors of the console and of scripts, and breaches of the page's policy. */
  faults: string[];
}

export interface WindowOptions {
  baseUrl: string;
  width?: number;
  height?: number;
  dark?: boolean;
  language?: 'en' | 'hi';
  /** Through which everything goes. */
  proxy?: string;
}

/** Milliseconds for whatever is waited for in a window; two cores run the whole suite beside it. */
const PATIENCE = 60_000;

let browser: Promise<Browser> | undefined;

export async function openWindow(options: WindowOptions): Promise<Window> {
  browser ??= launchBrowser();
  const { baseUrl, width = 1280, height = 800, dark = false, language = 'en', proxy } = options;
  const context = await (await browser).newContext({
    baseURL: baseUrl,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: language === 'hi' ? 'hi-IN' : 'en-GB',
    reducedMotion: 'reduce',
    permissions: ['notifications'],
    ...(proxy === undefined ? {} : { proxy: { server: proxy } }),
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Signed out, the page asks for a kept session, and is told that there is none; of an instance
    // that only starts it asks once more.
    const isExpected = /status of (401|503)/.test(message.text());
    if (message.type() === 'error' && !isExpected) faults.push(message.text());
  });
  return { page, context, faults };
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Signs in as one of the demo's supervisors. */
export async function signIn(
  { page }: Window,
  email = 'admin@example.com',
  password = 'password',
): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Live calls' }).waitFor();
}

/** Nothing failed, and nothing that the page's policy forbids was tried. */
export function expectNoFaults(...windows: Window[]): void {
  expect(windows.flatMap(({ faults }) => faults)).toEqual([]);
}
