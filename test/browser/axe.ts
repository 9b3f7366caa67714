import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Window } from './page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with a part of the page as it is now, by rule and element. */
export async function faultsOf(page: Page, within: string): Promise<string[]> {
  // In a world of its own: the page's policy lets no script in that is not of its origin.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  const run = (expression: string) =>
    session.send('Runtime.evaluate', {
      expression,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
  await run(AXE);
  const { result } = await run(
    `axe.run(${JSON.stringify(within)}, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
        id + ': ' + html.slice(0, 160) + ' ' + failureSummary.slice(0, 200))))`,
  );
  return result.value as string[];
}

/** By day and by night, small and large, in both languages. */
export const LOOKS = [
  { width: 1440, height: 900, dark: false, language: 'en' },
  { width: 1440, height: 900, dark: true, language: 'hi' },
  { width: 390, height: 844, dark: false, language: 'en' },
  { width: 1920, height: 1080, dark: true, language: 'en' },
] as const;

/** Collects what is wrong with the screens that it is shown, one after the other. */
export function collectFaults({ page }: Window) {
  const faults: string[] = [];
  return {
    faults,
    /** Behind a dialog nothing can be pressed, and what is half covered need not be: then look `within`. */
    async check(screen: string, within = 'html'): Promise<void> {
      faults.push(...(await faultsOf(page, within)).map((fault) => `${screen}: ${fault}`));
      const overflow = await page
        .locator('html')
        .evaluate((html) => html.scrollWidth - html.clientWidth);
      if (overflow > 0) faults.push(`${screen}: ${overflow} pixels wider than the window`);
    },
  };
}

/** From the menu of whoever is signed in, while the page speaks English. */
export async function chooseHindi({ page }: Window): Promise<void> {
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitemradio', { name: 'हिन्दी' }).click();
}
