import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createHandset, createPhone } from '../../emulators/twilio/telephone.ts';
import { ADMIN, SUPERVISOR } from '../journeys/people.ts';
import type { LedCall } from './caller.ts';
import { expectNoFaults, openWindow, signIn } from './page.ts';
import { useTelephones } from './telephones.ts';

/** What the control room shows of people who are fetched, and of calls that are one incident. */

const suite = inject('suite');
const { line, callThatSays } = useTelephones(suite);

const endOf = ({ from }: LedCall) => `•••• ${from.slice(-4)}`;

describe('a fire of which two people tell', () => {
  it('shows who was fetched how, who has accepted, and both calls as one incident', async () => {
    const handset = createHandset();
    const phone = await createPhone({
      number: SUPERVISOR.phone,
      line: line(),
      onRing: () => ({ answer: handset.caller, answeredBy: 'human' }),
      timeScale: 0.2,
    });
    onTestFinished(() => phone.close());
    const window = await openWindow(suite);
    onTestFinished(() => window.context.close());
    const { page } = window;
    await signIn(window, ADMIN.email);
    const first = callThatSays('there is a fire in the spray booth');
    await page
      .getByRole('listitem')
      .filter({ hasText: endOf(first) })
      .waitFor();
    const second = callThatSays('fire, everything burns in the spray booth');

    const incident = page.locator('section').filter({ hasText: 'One incident' });
    await incident
      .getByRole('listitem')
      .filter({ hasText: endOf(first) })
      .waitFor();
    await incident
      .getByRole('listitem')
      .filter({ hasText: endOf(second) })
      .waitFor();

    await incident
      .getByRole('listitem')
      .filter({ hasText: endOf(first) })
      .click();
    const people = page.getByRole('region', { name: 'People on call' });
    const paged = people.getByRole('listitem').filter({ hasText: SUPERVISOR.name });
    await paged.getByText(/^SMS/).first().waitFor();
    await paged.getByText(/^call/).first().waitFor();
    await paged.getByText('no answer yet').waitFor();
    const ring = await phone.nextCall();
    await ring.hears('Press 1 to take it');
    handset.press('1');
    await paged.getByText(/^accepted/).waitFor();
    await people.getByText(`${SUPERVISOR.name} has accepted.`).waitFor();

    const other = page.getByRole('link').filter({ hasText: endOf(second) });
    await other.click();
    await page.getByRole('log').getByText('everything burns in the spray booth').waitFor();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expectNoFaults(window);
  });
});
