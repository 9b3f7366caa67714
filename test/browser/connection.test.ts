import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { ask } from '../journeys/support.ts';
import type { LedCall } from './caller.ts';
import { type CutLine, createCutLine } from './cut-line.ts';
import { expectNoFaults, openWindow, signIn, type Window } from './page.ts';
import { useTelephones } from './telephones.ts';

/** What a supervisor sees when the line between them and Aurora fails, and is there again. */

const suite = inject('suite');
const LOST = 'Connection lost, reconnecting';
const BACK = 'Connected again, nothing was missed';
const OLD = 'No news for 45 seconds: what you see may be old';
const { callThatSays } = useTelephones(suite);

/** A window whose streams go through a line that can be cut. */
async function windowBehind(prepare = async (_: Window) => {}): Promise<[Window, CutLine]> {
  const line = await createCutLine();
  const window = await openWindow({ baseUrl: suite.baseUrl, proxy: line.proxy });
  onTestFinished(async () => {
    await window.context.close();
    await line.close();
  });
  await prepare(window);
  await signIn(window);
  return [window, line];
}

function rowOf({ page }: Pick<Window, 'page'>, { from }: LedCall) {
  return page.getByRole('listitem').filter({ hasText: `•••• ${from.slice(-4)}` });
}

/** What was said in the open call, as the API has it. */
async function saidIn({ page }: Pick<Window, 'page'>): Promise<string[]> {
  const id = page.url().split('/call_').at(-1);
  const { body } = await ask(suite, `/api/conversation/conv_${id}`);
  return (body.messages as { content: string }[]).map(({ content }) => content);
}

/** The browser itself reports what could not be loaded. */
function forgetLostConnections({ faults }: Window): void {
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes('net::ERR_')));
}

describe('a line that is cut', () => {
  it('loses nothing on the page, is told, and brings what was said meanwhile once each', async () => {
    const [window, line] = await windowBehind();
    const { page } = window;
    const list = { page: await window.context.newPage() };
    await list.page.goto('/');
    const call = callThatSays('there is smoke in hall one');
    await rowOf(window, call).click();
    const transcript = page.getByRole('log');
    await transcript.getByText('there is smoke in hall one').waitFor();
    await rowOf(list, call).getByText('there is smoke in hall one').waitFor();

    line.cut();
    await page.getByRole('main').getByText(LOST).waitFor();
    await list.page.getByText(LOST).waitFor();
    expect(await rowOf(list, call).count()).toBe(1);
    expect(await transcript.getByText('there is smoke in hall one').count()).toBe(1);
    call.say('the exit is blocked');
    await expect.poll(() => saidIn(window)).toContainEqual('the exit is blocked');
    expect(await transcript.getByText('the exit is blocked').count()).toBe(0);

    line.restore();
    await transcript.getByText('the exit is blocked').waitFor();
    await page.getByRole('main').getByText(BACK).waitFor();
    await list.page.getByText(BACK).waitFor();
    await rowOf(list, call).getByText('the exit is blocked').waitFor();
    // Both grow by Aurora's reply while they are compared.
    const missing = async () => {
      const said = await saidIn(window);
      const shown = await transcript.getByRole('listitem').allInnerTexts();
      const lost = said.filter((words, index) => !shown[index]?.includes(words));
      return { lost, more: shown.length - said.length };
    };
    await expect.poll(missing).toEqual({ lost: [], more: 0 });
    forgetLostConnections(window);
    expectNoFaults(window);
  });

  it('alarms across the page after 45 s of silence, and greys what may be old', async () => {
    const [window, line] = await windowBehind(({ page }) => page.clock.install());
    const { page } = window;
    const call = callThatSays('there is smoke in hall two');
    const row = rowOf(window, call);
    await row.getByText('there is smoke in hall two').waitFor();
    const grey = page.locator('[data-stale]').filter({ has: row });
    expect(await page.getByText(OLD).count()).toBe(0);
    expect(await grey.count()).toBe(0);

    line.hold();
    await page.clock.fastForward(46_000);
    await page.getByText(OLD).waitFor();
    await grey.waitFor();
    await page.getByText(LOST).waitFor();

    line.restore();
    await page.getByText(OLD).waitFor({ state: 'detached' });
    await grey.waitFor({ state: 'detached' });
    await page.getByText(BACK).waitFor();
    forgetLostConnections(window);
    expectNoFaults(window);
  });
});
