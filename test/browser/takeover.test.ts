import { describe, expect, inject, it, onTestFinished } from 'vitest';
import {
  createHandset,
  createPhone,
  type Handset,
  type Phone,
  type PhoneCall,
} from '../../emulators/twilio/telephone.ts';
import { ADMIN, SUPERVISOR } from '../journeys/people.ts';
import type { LedCall } from './caller.ts';
import { createCutLine } from './cut-line.ts';
import { expectNoFaults, openWindow, signIn, type Window } from './page.ts';
import { useTelephones } from './telephones.ts';

/** Two supervisors at one call, and their telephones. */

const suite = inject('suite');
const { line, callThatSays } = useTelephones(suite);

async function windowOf(email: string, proxy?: string): Promise<Window> {
  const window = await openWindow({ ...suite, ...(proxy === undefined ? {} : { proxy }) });
  onTestFinished(() => window.context.close());
  await signIn(window, email);
  return window;
}

async function openedCall({ page }: Window, { from }: LedCall): Promise<void> {
  await page
    .getByRole('listitem')
    .filter({ hasText: `•••• ${from.slice(-4)}` })
    .click();
  await page.getByRole('log').waitFor();
}

/**
 * The ring on which these words are heard: the same telephone may be rung any number of times before
 * it, because people are fetched for this call and for those of other tests.
 */
function ringThatSays(phone: Phone, words: string): Promise<PhoneCall> {
  return new Promise((resolve, reject) => {
    async function listen(): Promise<void> {
      for (;;) {
        const ring = await phone.nextCall();
        // One that ends without the words was another one.
        ring.hears(words).then(
          () => resolve(ring),
          () => {},
        );
      }
    }
    listen().catch(reject);
  });
}

describe('two who want one call', () => {
  it('refuses the second by the name of the first, who may then be asked, or is taken over from', async () => {
    const line = await createCutLine();
    const first = await windowOf(ADMIN.email);
    const second = await windowOf(SUPERVISOR.email, line.proxy);
    onTestFinished(() => line.close());
    const call = callThatSays('the conveyor smells of burning');
    await openedCall(first, call);
    await openedCall(second, call);
    const [takeFirst, takeSecond] = [first, second].map(({ page }) =>
      page.getByRole('button', { name: 'Take over' }),
    );
    await takeSecond?.waitFor();
    line.hold();
    await takeFirst?.click();
    await first.page.getByText('With You').waitFor();

    await takeSecond?.click();
    const refusal = second.page.getByRole('alert').filter({ hasText: ADMIN.name });
    await refusal.getByText(`${ADMIN.name} has this call`, { exact: true }).waitFor();
    await refusal.getByText('Ask them to transfer it to you.').waitFor();
    expect(await second.page.getByRole('button', { name: /Take it from/ }).count()).toBe(0);
    line.restore();
    await second.page.getByText(`With ${ADMIN.name}`).waitFor();
    await second.page.getByText(/It goes back to Aurora in 0:[0-4]\d/).waitFor();

    await first.page.getByRole('button', { name: 'Transfer to' }).click();
    await first.page.getByRole('menuitem', { name: SUPERVISOR.name }).click();
    await second.page.getByText('With You').waitFor();
    await first.page.getByText(`${SUPERVISOR.name} has this call`).waitFor();
    await first.page.getByRole('button', { name: `Take it from ${SUPERVISOR.name}` }).click();
    await first.page.getByText('With You').waitFor();
    await second.page.getByText(`With ${ADMIN.name}`).waitFor();
    expect(first.faults).toEqual([]);
    // The browser itself reports the refusal.
    expect(second.faults.filter((fault) => !fault.includes('status of 409'))).toEqual([]);
  });

  it('shows an acknowledgement at once, and takes it back with the reason where it fails', async () => {
    const window = await windowOf(SUPERVISOR.email);
    const { page } = window;
    const call = callThatSays('a valve is stuck');
    await openedCall(window, call);
    const main = page.getByRole('main');
    await page.route('**/ack', (route) => route.abort('connectionfailed'));
    await main.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await page.getByText('Aurora did not answer.').waitFor();
    await main.getByRole('button', { name: 'Acknowledge', exact: true }).waitFor();
    await page.unroute('**/ack');
    await main.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await main.getByRole('button', { name: 'Acknowledged' }).waitFor();
    await main.getByText('by You').waitFor();
    expect(window.faults.filter((fault) => !fault.includes('net::ERR_'))).toEqual([]);
  });
});

describe('a supervisor’s own telephone', () => {
  it('is rung from the page, is joined, changes its mode, and leaves', async () => {
    const handsets = new Map<string, Handset>();
    const phone = await createPhone({
      number: SUPERVISOR.phone,
      line: line(),
      onRing({ callSid }) {
        const handset = createHandset();
        handsets.set(callSid, handset);
        return { answer: handset.caller, answeredBy: 'human' };
      },
      timeScale: 0.2,
    });
    onTestFinished(() => phone.close());
    const window = await windowOf(SUPERVISOR.email);
    const { page } = window;
    const call = callThatSays('where is the eye wash station');
    await openedCall(window, call);
    await page.getByRole('log').getByText('where is the eye wash station').waitFor();
    await page.getByRole('button', { name: 'Join by phone' }).click();
    await page.getByRole('menuitem', { name: 'Speak' }).click();
    await page.getByText(/Your phone|on your phone/).waitFor();
    const leg = await ringThatSays(phone, 'Press 1 to speak with the caller');
    handsets.get(leg.callSid)?.press('1');
    await page.getByText('You are joined by phone: Speak').waitFor();
    await page.getByText('You have the call by phone.').waitFor();
    await page.getByRole('button', { name: 'Let Aurora speak beside you' }).click();
    await page.getByRole('button', { name: 'Let Aurora step back' }).waitFor();
    await page.getByRole('button', { name: 'Change the mode' }).click();
    await page.getByRole('menuitem', { name: 'Listen' }).click();
    await page.getByText('You are joined by phone: Listen').waitFor();
    await page.getByRole('button', { name: 'Leave the line' }).click();
    await page.getByText('You have left the line.').waitFor();
    await page.getByText('With Aurora').waitFor();
    await leg.result;
    expectNoFaults(window);
  });
});
