import type { Page } from 'playwright-core';
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
} from 'vitest';
import { type ControlClient, connectToRestServer } from '../../emulators/twilio/control-client.ts';
import { LOCAL_OTHER_NUMBER } from '../../emulators/twilio/local-account.ts';
import { createPhone, type StartedCall, startCall } from '../../emulators/twilio/telephone.ts';
import { type Answer, idOf, post } from '../journeys/people.ts';
import { anyNumber, ask, closeClients } from '../journeys/support.ts';
import { newColleague, PASSWORD, unique } from './colleagues.ts';
import { closeBrowser, openWindow, signIn, type Window } from './page.ts';

/** How a company works with Aurora: its settings, its numbers, and who is on call. */

const suite = inject('suite');
/** A company of which no other test of the office changes the settings. */
const EMAIL = 'other@example.com';
const CALLS_FOLLOW = { timeout: 120_000, interval: 3_000 };

let line: ControlClient;
const calls: StartedCall[] = [];

beforeAll(async () => {
  line = await connectToRestServer({ restUrl: `http://127.0.0.1:${suite.ports.twilio}` });
});
afterEach(async () => {
  for (const call of calls) call.hangUp();
  await Promise.allSettled(calls.splice(0).map(({ result }) => result));
});
afterAll(async () => {
  await change('PATCH', '/api/company', {
    reaching: {},
    visibility: 'company',
    retention_days: null,
  });
  await change('PATCH', NUMBER_PATH, { site_id: null, languages: ['en-IN', 'es-MX'] });
  line.close();
  await Promise.all([closeBrowser(), closeClients()]);
});

const NUMBER_PATH = `/api/numbers/${encodeURIComponent(LOCAL_OTHER_NUMBER)}`;

async function change(method: string, path: string, body: object): Promise<Answer['body']> {
  const answer = await post(suite, path, body, { email: EMAIL, method });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

async function company() {
  return (await ask(suite, '/api/company', EMAIL)).body as Record<string, unknown> & {
    reaching: { rota: { admin_id: string }[]; steps: { who: string[] }[] };
  };
}

async function officeAt(path: string, heading: string, email = EMAIL, password?: string) {
  const window = await openWindow({ ...suite, width: 1440, height: 900 });
  onTestFinished(() => window.context.close());
  await signIn(window, email, password);
  await window.page.goto(`/office/${path}`);
  await window.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  return window;
}

const saved = (page: Page) => page.getByText('Saved', { exact: true }).first().waitFor();

/** A change that somebody else was faster with is refused, which shows in the console too. */
function expectNoOtherFaults(...windows: Window[]): void {
  const faults = windows.flatMap((window) => window.faults);
  expect(faults.filter((fault) => !/status of 412/.test(fault))).toEqual([]);
}

/** Somebody of the company with a phone of their own. */
async function newPerson(role: 'supervisor' | 'company_admin') {
  const phone = anyNumber();
  return { phone, ...(await newColleague(suite, role, { by: EMAIL, phone })) };
}

function callIn(): StartedCall {
  const call = startCall({
    baseUrl: suite.baseUrl,
    from: anyNumber(),
    to: LOCAL_OTHER_NUMBER,
    switchboard: line,
    timeScale: 0,
  });
  calls.push(call);
  return call;
}

describe('the settings', () => {
  it('are changed with the keyboard alone, languages in their order too', async () => {
    await change('PATCH', '/api/company', { languages: ['en-IN'] });
    const window = await officeAt('settings', 'Settings');
    const { page } = window;
    const name = unique('Other Works');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(name);
    const add = page.getByLabel('Add a language');
    await add.focus();
    await page.keyboard.type('Hindi');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Move up: Hindi (India)' }).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator(':focus').getAttribute('aria-label'))
      .toBe('Move down: Hindi (India)');
    await page.getByLabel('Seconds until somebody accepts').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('90');
    await page.keyboard.press('Enter');
    await saved(page);
    expect(await company()).toMatchObject({
      name,
      languages: ['hi-IN', 'en-IN'],
      targets: { answer_seconds: 3, acknowledge_seconds: 90, takeover_seconds: 180 },
    });
    await change('PATCH', '/api/company', { languages: ['en-IN'] });
    expectNoOtherFaults(window);
  });

  it('that take something from somebody are confirmed, with how much and whom it meets', async () => {
    const window = await officeAt('settings', 'Settings');
    const { page } = window;
    await page.getByLabel('Supervisors see the calls of their own workers').click();
    await page.getByLabel('Days that calls are kept').fill('365');
    await page.getByLabel('Require a second factor').click();
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Before this is saved' });
    await dialog.getByText('Supervisors will see fewer calls').waitFor();
    await dialog.getByText('Today no call is that old.').waitFor();
    await dialog.getByText('Other Supervisor (you)').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await company()).toMatchObject({ visibility: 'company', retention_days: null });
    await page.getByLabel('Require a second factor').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('button', { name: 'Save all the same' }).click();
    await saved(page);
    expect(await company()).toMatchObject({
      visibility: 'own',
      retention_days: 365,
      require_totp: false,
    });
    expectNoOtherFaults(window);
  });

  it('say what is wrong beside the field, and save nothing', async () => {
    const window = await officeAt('settings', 'Settings');
    const { page } = window;
    const before = await company();
    await page.getByLabel('Days that calls are kept').fill('7');
    await page.getByLabel('Emergency number', { exact: true }).fill('one one two');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A whole number from 30 to 36500.').waitFor();
    await page.getByText('Digits only, such as 112').waitFor();
    expect(await company()).toEqual(before);
    expectNoOtherFaults(window);
  });

  it('of two who change them at once are merged, and what both changed is asked for', async () => {
    await change('PATCH', '/api/company', { emergency_number: '112' });
    const colleague = await newPerson('company_admin');
    const mine = await officeAt('settings', 'Settings');
    const theirs = await officeAt('settings', 'Settings', colleague.email, PASSWORD);
    const [name, other] = [unique('Mine'), unique('Theirs')];
    await theirs.page.getByLabel('Name', { exact: true }).fill(other);
    await theirs.page.getByLabel('Seconds until Aurora answers').fill('5');
    await theirs.page.getByRole('button', { name: 'Save' }).click();
    await saved(theirs.page);
    await mine.page.getByLabel('Name', { exact: true }).fill(name);
    await mine.page.getByLabel('Emergency number', { exact: true }).fill('108');
    await mine.page.getByRole('button', { name: 'Save' }).click();
    await mine.page.getByText(`${colleague.name} changed this while you were at it`).waitFor();
    await mine.page.getByLabel(`Keep mine: ${name}`).click();
    await mine.page.getByRole('button', { name: 'Save' }).click();
    await saved(mine.page);
    expect(await company()).toMatchObject({
      name,
      emergency_number: '108',
      targets: { answer_seconds: 5 },
    });
    expectNoOtherFaults(mine, theirs);
  });

  it('are shown to a supervisor, who can change none', async () => {
    const supervisor = await newPerson('supervisor');
    const window = await officeAt('settings', 'Settings', supervisor.email, PASSWORD);
    const { page } = window;
    await page.getByText('A company admin can change it').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expectNoOtherFaults(window);
  });
});

describe('who is on call', () => {
  it('is whom a CRITICAL call fetches, once the rota says so', async () => {
    await change('PATCH', '/api/company', { reaching: {} });
    const person = await newPerson('supervisor');
    const phone = await createPhone({
      number: person.phone,
      line,
      onRing: () => 'no-answer',
      timeScale: 0,
    });
    onTestFinished(() => phone.close());
    const window = await officeAt('on-call', 'On call');
    const { page } = window;
    await page.getByRole('button', { name: 'Add a shift' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a shift' });
    await dialog.getByLabel('Person').selectOption(person.name);
    await dialog.getByLabel('Sat').check();
    await dialog.getByLabel('Sun').check();
    await dialog.getByLabel('From').fill('08:00');
    await dialog.getByLabel('Until').fill('20:00');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('You see this as you have changed it.').waitFor();
    await page
      .getByText(/Nobody on duty would come from .* 20:00 to .* 08:00/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Edit: .*08:00–20:00/ }).click();
    const edit = page.getByRole('dialog', { name: 'Change the shift' });
    await edit.getByLabel('Until').fill('08:00');
    await edit.getByText('It lasts for 24 hours.').waitFor();
    await edit.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => page.getByText('Nobody on duty would come').count()).toBe(0);
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    const { reaching } = await company();
    expect(reaching.rota).toEqual([
      { admin_id: person.id, days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '08:00' },
    ]);
    expect(reaching.steps[0]?.who).toEqual(['rota']);
    await expect.poll(firstPaged, CALLS_FOLLOW).toEqual([person.id]);
    expect((await phone.nextMessage()).body).toContain('CRITICAL');
    expectNoOtherFaults(window);
  });

  /** Whom a caller in danger has fetched first. */
  async function firstPaged(): Promise<string[]> {
    const call = callIn();
    const callId = await idOf(call);
    call.say('there is a fire in the paint shop');
    const steps = async () => {
      const { body } = await ask(suite, `/api/call/${callId}`, EMAIL);
      return body.timeline as { step: string; whom?: string; round?: number }[];
    };
    await expect
      .poll(async () => (await steps()).map(({ step }) => step), { timeout: 40_000, interval: 200 })
      .toContain('page_sent');
    const sent = (await steps()).filter(({ step, round }) => step === 'page_sent' && round === 1);
    call.hangUp();
    await call.result;
    return [...new Set(sent.map(({ whom = '' }) => whom))];
  }

  it('is put in order by key, and shown for a moment before it is saved', async () => {
    await change('PATCH', '/api/company', {
      reaching: {
        steps: [
          { who: ['rota'], wait_seconds: 30 },
          { who: ['everyone'], wait_seconds: 60 },
        ],
      },
    });
    const window = await officeAt('on-call', 'On call');
    const { page } = window;
    await page.getByText('Step 1 would fetch nobody at that moment.').waitFor();
    await page.getByRole('button', { name: 'Move down: Whoever is on duty' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Step 2 would fetch nobody at that moment.').waitFor();
    expect((await company()).reaching.steps[0]?.who).toEqual(['rota']);
    await page.getByLabel('At this moment').fill('2027-01-04T22:00');
    await page
      .getByRole('region', { name: 'Who would be fetched' })
      .getByText('22:00:00')
      .waitFor();
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await saved(page);
    expect((await company()).reaching.steps.map(({ who }) => who)).toEqual([
      ['everyone'],
      ['rota'],
    ]);
    expectNoOtherFaults(window);
  });

  it('keeps the shifts of two who add theirs at the same time', async () => {
    await change('PATCH', '/api/company', { reaching: {} });
    const colleague = await newPerson('company_admin');
    const mine = await officeAt('on-call', 'On call');
    const theirs = await officeAt('on-call', 'On call', colleague.email, PASSWORD);
    for (const [{ page }, name] of [
      [theirs, colleague.name],
      [mine, 'Other Supervisor'],
    ] as const) {
      await page.getByRole('button', { name: 'Add a shift' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a shift' });
      await dialog.getByLabel('Person').selectOption(name);
      await dialog.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await saved(page);
    }
    const { rota } = (await company()).reaching;
    expect(rota.map(({ admin_id }) => admin_id).sort()).toEqual(
      ['admin_other', colleague.id].sort(),
    );
    expectNoOtherFaults(mine, theirs);
  });
});

describe('a number', () => {
  it('that is given a site has the next call there', async () => {
    const name = unique('Foundry');
    const { id } = await change('POST', '/api/sites', { name });
    const window = await officeAt('numbers', 'Numbers');
    const { page } = window;
    await page.getByRole('button', { name: `Edit: ${LOCAL_OTHER_NUMBER}` }).click();
    const dialog = page.getByRole('dialog', { name: `The number ${LOCAL_OTHER_NUMBER}` });
    await dialog.getByLabel('Site').selectOption(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Calls follow within a minute.').waitFor();
    await page.getByRole('row').filter({ hasText: name }).waitFor();
    await expect
      .poll(async () => {
        const callId = await idOf(callIn());
        return (await ask(suite, `/api/call/${callId}`, EMAIL)).body.site_id;
      }, CALLS_FOLLOW)
      .toBe(id);
    expectNoOtherFaults(window);
  }, 150_000);
});
