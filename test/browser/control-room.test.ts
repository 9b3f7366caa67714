import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { ControlClient } from '../../emulators/twilio/control-client.ts';
import { anyNumber, closeClients } from '../journeys/support.ts';
import { type LedCall, placeLedCall, telephoneLine } from './caller.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn, type Window } from './page.ts';

/** What a supervisor does all shift, in a real browser before the running suite. */

const suite = inject('suite');
let line: ControlClient;

beforeAll(async () => {
  line = await telephoneLine(suite);
});

afterAll(async () => {
  line.close();
  await Promise.all([closeBrowser(), closeClients()]);
});

async function windowOf(email?: string): Promise<Window> {
  const window = await openWindow(suite);
  onTestFinished(() => window.context.close());
  await signIn(window, email);
  return window;
}

function callFrom(from = anyNumber()): LedCall {
  const call = placeLedCall(suite, line, from);
  onTestFinished(async () => {
    call.hangUp();
    await call.over;
  });
  return call;
}

/** The row of a call in the live list, by the end of the caller's number. */
function rowOf({ page }: Window, { from }: LedCall) {
  return page.getByRole('listitem').filter({ hasText: `•••• ${from.slice(-4)}` });
}

describe('the control room', () => {
  it('shows a call as it comes, its words as they are spoken, and who has it', async () => {
    const window = await windowOf();
    const { page } = window;
    const call = callFrom();
    await rowOf(window, call).waitFor();
    call.say('there is a fire in the paint shop');
    await rowOf(window, call).getByText('Critical').waitFor();
    await rowOf(window, call).getByText('there is a fire in the paint shop').waitFor();
    await rowOf(window, call).click();
    const transcript = page.getByRole('log');
    await transcript.getByText('there is a fire in the paint shop').waitFor();
    await transcript.getByText(/112/).first().waitFor();
    call.say('nobody is hurt');
    await transcript.getByText('nobody is hurt').waitFor();

    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('With You').waitFor();
    await page.getByLabel('Say something to the caller').fill('Stay where you are, by gate three.');
    await page.getByRole('button', { name: 'Speak', exact: true }).click();
    await expect.poll(call.heard).toContain('Stay where you are, by gate three');
    call.say('we stand at gate three');
    await transcript.getByText('we stand at gate three').waitFor();
    expectNoFaults(window);
  });

  it('shows a takeover to everybody else at once, and nothing to another company (I6)', async () => {
    const [mine, theirs, strange] = await Promise.all([
      windowOf(),
      windowOf('supervisor@example.com'),
      windowOf('other@example.com'),
    ]);
    const call = callFrom();
    call.say('gas is leaking near the boiler');
    await rowOf(mine, call).click();
    await mine.page.getByRole('button', { name: 'Take over' }).click();
    await rowOf(theirs, call).getByText('Demo Supervisor').waitFor();
    expect(await rowOf(strange, call).count()).toBe(0);
    expectNoFaults(mine, theirs, strange);
  });

  it('goes on after a reload without a new sign-in, and ends everywhere with a sign-out', async () => {
    const window = await windowOf('viewer@example.com');
    const { page, context } = window;
    await page.reload();
    await page.getByRole('heading', { name: 'Live calls' }).waitFor();
    const other = await context.newPage();
    await other.goto('/history');
    await other.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await other.getByRole('heading', { name: /Sign in/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /Sign in/ }).waitFor();
    expectNoFaults(window);
  });

  it('finds an ended call again in the history, with what was said', async () => {
    const window = await windowOf();
    const { page } = window;
    const word = `valve${anyNumber().slice(-6)}`;
    const call = callFrom();
    call.say(`where is the ${word} kept`);
    await rowOf(window, call).getByText(word).waitFor();
    call.hangUp();
    await call.over;
    await page.getByRole('link', { name: 'History' }).click();
    // It is found once it is archived; the page keeps an answer a while.
    const found = page.getByRole('row').filter({ hasText: `•••• ${call.from.slice(-4)}` });
    await expect
      .poll(async () => {
        await page.goto('/history');
        await page.getByRole('heading', { name: 'History' }).waitFor();
        await page.getByLabel('Search in transcripts and notes').fill(word);
        await page.waitForURL(new RegExp(`q=${word}$`));
        await page.getByText('No call fits these filters.').or(found).first().waitFor();
        return found.count();
      })
      .toBe(1);
    await found.getByRole('link').click();
    await page.getByText('This call is over.').waitFor();
    await page.getByRole('log').getByText(word).waitFor();
    expectNoFaults(window);
  });
});
