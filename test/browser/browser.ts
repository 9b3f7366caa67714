import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Where a Chrome or Chromium that belongs to the machine usually is. */
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A real browser: the one of the machine, or else the one that comes in a package. That one links
 * libraries which many servers lack; its package brings them, too, where it takes the machine for
 * Amazon's.
 */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const installed = process.env.CHROME_PATH ?? INSTALLED.find(existsSync);
  // As root a browser has no sandbox to begin with; what it opens is this repository alone.
  const args = ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'];
  if (installed) return chromium.launch({ executablePath: installed, args });
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  return chromium.launch({ executablePath, args: [...args, '--headless=shell'] });
}
