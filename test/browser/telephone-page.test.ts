import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { demoTelephones } from '../../emulators/suite/demo/telephones.ts';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
} from '../../emulators/twilio/local-account.ts';
import { closeClients } from '../journeys/support.ts';
import { faultsOf } from './axe.ts';
import {
  closeBrowser,
  expectNoFaults,
  openWindow,
  type Window,
  type WindowOptions,
} from './page.ts';

/** The telephone in the page, with the control room beside it, as somebody meets the product first. */

const suite = inject('suite');
const TELEPHONE = `http://127.0.0.1:${suite.ports.twilio}/telephone/`;
const { workers } = demoTelephones();

afterAll(() => Promise.all([closeBrowser(), closeClients()]));

interface Spoken {
  text: string;
  language: string;
}

/** A window whose voice is written down instead of heard. */
async function openTelephone(options: Partial<WindowOptions> = {}) {
  const window = await openWindow({ baseUrl: suite.baseUrl, width: 1440, height: 900, ...options });
  onTestFinished(() => window.context.close());
  const { page } = window;
  await page.addInitScript(() => {
    const spoken: unknown[] = [];
    let stops = 0;
    const synthesis = {
      getVoices: () => [],
      speak: ({ text, lang }: { text: string; lang: string }) => {
        spoken.push({ text, language: lang });
      },
      cancel: () => {
        stops += 1;
      },
    };
    Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
    Object.assign(globalThis, { spoken: () => spoken, stops: () => stops });
  });
  await page.goto(TELEPHONE);
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  return {
    ...window,
    room: page.frameLocator('iframe'),
    spoken: () => page.evaluate('spoken()') as Promise<Spoken[]>,
    stops: () => page.evaluate('stops()') as Promise<number>,
  };
}

async function signInBeside(room: FrameLocator, email = 'admin@example.com'): Promise<void> {
  await room.getByLabel('E-mail address').fill(email);
  await room.getByLabel('Password', { exact: true }).fill('password');
  await room.getByRole('button', { name: 'Sign in' }).click();
  await room.getByRole('heading', { name: 'Live calls' }).waitFor();
  // The first stream of all waits for its function to start.
  await room.locator('[data-state="live"]').waitFor({ timeout: 90_000 });
}

async function callAs(page: Page, name: string): Promise<void> {
  const worker = workers.find((each) => each.name === name);
  await page.getByLabel('Who calls').selectOption(worker?.number ?? '');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.getByText('Listens: ').waitFor({ timeout: 60_000 });
}

async function say(page: Page, words: string): Promise<void> {
  await page.getByLabel('What you say').fill(words);
  await page.keyboard.press('Enter');
}

const callLog = (page: Page) => page.getByRole('log', { name: 'What is said in the call' });

async function hangUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByText('The call is over').waitFor();
}

describe('the telephone in the page', { timeout: 420_000 }, () => {
  it('calls as a worker, speaks and hears, is seen live beside it and found in the history', async () => {
    const window = await openTelephone();
    const { page, room, spoken, stops } = window;
    await signInBeside(room);
    await callAs(page, 'Lakshmi Nair');
    await expect.poll(spoken).toContainEqual({
      text: expect.stringContaining('This is Aurora'),
      language: 'en-IN',
    });
    await expect.poll(spoken).toContainEqual({
      text: expect.stringContaining('3'),
      language: 'hi-IN',
    });
    const silenced = await stops();
    const word = `valve${crypto.randomUUID().slice(0, 6)}`;
    await say(page, `there is a fire near ${word}`);
    await callLog(page).getByText(/112/).first().waitFor();
    await expect.poll(spoken).toContainEqual({
      text: expect.stringMatching(/112/),
      language: 'en-IN',
    });
    expect(await stops()).toBeGreaterThan(silenced);

    const mine = room.getByRole('listitem').filter({ hasText: 'Lakshmi Nair' }).first();
    await mine.getByText(word).waitFor({ timeout: 120_000 });
    await mine.getByText('Critical').waitFor();
    await page
      .getByRole('group', { name: 'Keys' })
      .getByRole('button', { name: '1', exact: true })
      .click();
    await callLog(page).getByText('Pressed 1').waitFor();
    await page.getByText('Listens: ').waitFor({ timeout: 60_000 });
    await hangUp(page);

    await room.getByRole('link', { name: 'History' }).click();
    const found = room.getByRole('row').nth(1);
    // It is found when it is archived, a little after the last word; the page keeps an answer a while.
    const clear = room.getByRole('button', { name: 'Clear the filters' });
    const search = async () => {
      if (await clear.isVisible()) await clear.click();
      await clear.waitFor({ state: 'hidden' });
      await room.getByLabel('Search in transcripts and notes').fill(word);
      return found.waitFor({ timeout: 8_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(search, { timeout: 150_000 }).toBe(true);
    await found.getByText('Lakshmi Nair').waitFor();
    expectNoFaults(window);
  });

  it('says what is ready to say, in Hindi too, and is silent for who can not speak', async () => {
    const window = await openTelephone();
    const { page, spoken } = window;
    await callAs(page, 'Farhan Sheikh');
    await page.getByRole('button', { name: 'A gas leak, in Hindi' }).click();
    await callLog(page).getByText('Pressed 3').waitFor();
    await page.getByText('Listens: hi-IN').waitFor();
    await callLog(page).getByText('बॉयलर के पास गैस लीक हो रही है').waitFor();
    await expect.poll(spoken).toContainEqual({
      text: expect.stringContaining('हिंदी में सुन रही हूँ'),
      language: 'hi-IN',
    });
    await page.getByRole('button', { name: 'I can’t speak' }).click();
    await callLog(page)
      .getByText(/^Silent for/)
      .waitFor();
    await callLog(page).getByText('Pressed 1').waitFor();
    await hangUp(page);
    expectNoFaults(window);
  });

  it('says nothing aloud while it is muted, and shows the words all the same', async () => {
    const { page, spoken } = await openTelephone();
    await page.getByLabel('Speak replies aloud').uncheck({ force: true });
    await callAs(page, 'Deepa Joshi');
    await callLog(page).getByText('This is Aurora').waitFor();
    expect(await spoken()).toEqual([]);
    await hangUp(page);
  });

  it('tells where the browser does not understand speech', async () => {
    const { page, context } = await openTelephone();
    await context.addInitScript(() => {
      Object.assign(globalThis, {
        SpeechRecognition: undefined,
        webkitSpeechRecognition: undefined,
      });
    });
    await page.reload();
    await callAs(page, 'Deepa Joshi');
    await page.getByText('This browser does not understand speech').waitFor();
    expect(await page.getByRole('button', { name: 'Speak', exact: true }).count()).toBe(0);
    await hangUp(page);
  });

  it('says what is spoken into it, and is quiet meanwhile', async () => {
    const { page, context, stops } = await openTelephone();
    await context.addInitScript(() => {
      class Ear {
        lang = '';
        onresult = (_: object) => {};
        onspeechstart = () => {};
        onend = () => {};
        start() {
          Object.assign(globalThis, { heardIn: this.lang });
          this.onspeechstart();
          this.onresult({
            results: [Object.assign([{ transcript: 'gas is leaking' }], { isFinal: true })],
          });
          this.onend();
        }
        abort() {}
      }
      Object.assign(globalThis, { SpeechRecognition: Ear });
    });
    await page.reload();
    await callAs(page, 'Kavita Rao');
    const before = await stops();
    await page.getByRole('button', { name: 'Speak', exact: true }).click();
    await callLog(page).getByText('gas is leaking').first().waitFor();
    await expect.poll(() => page.evaluate('heardIn')).toBe('en-IN');
    expect(await stops()).toBeGreaterThan(before);
    await hangUp(page);
  });

  it('sends a text message and shows the reply', async () => {
    const window = await openTelephone();
    const { page } = window;
    await page.getByLabel('Who calls').selectOption({ label: 'Gurpreet Singh, +15550100203' });
    await page.getByText('Text message', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('gas leak in hall 3');
    await page.getByRole('button', { name: 'Send' }).click();
    const log = page.getByRole('log', { name: 'Text messages' });
    await log.getByText('gas leak in hall 3').waitFor();
    await log.locator('[data-side="line"]').first().waitFor();
    await page.getByLabel('Who calls').selectOption('anonymous');
    await page.getByText('A text message always shows its number').waitFor();
    expectNoFaults(window);
  });

  it('rings for the supervisor who is fetched, and takes their key', async () => {
    const window = await openTelephone();
    const { page } = window;
    await page.getByLabel('Switched on').check({ force: true });
    await callAs(page, 'Anita Deshmukh');
    await page.getByRole('button', { name: 'A fire' }).click();
    await page
      .getByRole('alert')
      .getByRole('button', { name: 'Answer' })
      .click({ timeout: 60_000 });
    await page.getByRole('button', { name: '1 Accept' }).click();
    await callLog(page).last().getByText('Pressed 1').waitFor();
    await page.getByRole('button', { name: 'Hang up' }).first().click();
    expectNoFaults(window);
  });

  it('is led by keys alone, in Hindi, and breaks none of the rules', async () => {
    const window = await openTelephone({ language: 'hi', dark: true });
    const { page } = window;
    await page.getByRole('heading', { name: 'टेलीफ़ोन', exact: true }).waitFor();
    const tabTo = async (name: string, role: 'button' | 'textbox') => {
      const wanted = page.getByRole(role, { name, exact: true }).first();
      for (let stop = 0; stop < 60; stop += 1) {
        if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`The Tab key does not come to ${name}.`);
    };
    await tabTo('कॉल करें', 'button');
    await page.keyboard.press('Enter');
    await page.getByText('जुड़ा हुआ').waitFor();
    await page.getByText('सुन रही है: ').waitFor({ timeout: 60_000 });
    await tabTo('आप क्या कहते हैं', 'textbox');
    await page.keyboard.type('smoke in the boiler house');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('112').first().waitFor();
    await page.getByText('सुन रही है: ').waitFor({ timeout: 60_000 });
    expect(await faultsOf(page, 'html')).toEqual([]);
    // On a key of the telephone, those of the keyboard press as well.
    await tabTo('5', 'button');
    await page.keyboard.press('9');
    await page.getByRole('log').getByText('9 दबाया').waitFor();
    await tabTo('फ़ोन रखें', 'button');
    await page.keyboard.press('Enter');
    await page.getByText('कॉल समाप्त').waitFor();
    expectNoFaults(window);
  });

  it('fits a small screen, with the control room in its place at a press', async () => {
    const window = await openTelephone({ width: 390, height: 844 });
    const { page, room } = window;
    const isWider = () =>
      page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth);
    expect(await isWider()).toBe(false);
    expect(await faultsOf(page, 'html')).toEqual([]);
    await page.getByText('Control room', { exact: true }).first().click();
    await room.getByRole('heading', { name: /Sign in/ }).waitFor();
    expect(await isWider()).toBe(false);
    expect(await faultsOf(page, 'html')).toEqual([]);
    expectNoFaults(window);
  });
});

describe('a page of another origin', () => {
  /** Somebody else's page, on this machine and so of the same site: the nearest that a stranger comes. */
  async function strangePage(): Promise<Window> {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Stranger</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const window = await openWindow({ baseUrl: `http://127.0.0.1:${port}` });
    onTestFinished(() => window.context.close());
    await window.page.goto('/');
    return window;
  }

  async function callsFrom(number: string): Promise<number> {
    const credentials = Buffer.from(`${LOCAL_ACCOUNT_SID}:${LOCAL_AUTH_TOKEN}`).toString('base64');
    const list = `http://127.0.0.1:${suite.ports.twilio}/2010-04-01/Accounts/${LOCAL_ACCOUNT_SID}/Calls.json`;
    const response = await fetch(`${list}?From=${encodeURIComponent(number)}`, {
      headers: { authorization: `Basic ${credentials}` },
    });
    return ((await response.json()) as { calls: unknown[] }).calls.length;
  }

  it('can neither begin a call nor read one', async () => {
    const { page } = await strangePage();
    const before = await callsFrom(LOCAL_CALLER_NUMBER);
    const of = { from: LOCAL_CALLER_NUMBER, to: LOCAL_DEMO_NUMBER };
    const outcomes = await page.evaluate(
      async ([telephone, body, sid, token]) => {
        const post = async (name: string, type: string, mode: 'cors' | 'no-cors') => {
          try {
            const { type: kind } = await fetch(`${telephone}api/${name}`, {
              method: 'POST',
              mode,
              credentials: 'include',
              headers: { 'content-type': type },
              body,
            });
            return kind;
          } catch {
            return 'failed';
          }
        };
        const channel = new Promise<string>((resolve) => {
          const socket = new WebSocket(telephone.replace('http', 'ws').replace(/\/$/, ''));
          socket.onopen = () => {
            socket.send(JSON.stringify({ type: 'hello', accountSid: sid, authToken: token }));
            resolve('open');
          };
          socket.onerror = () => resolve('failed');
        });
        return [
          await post('setup', 'application/json', 'cors'),
          await post('events', 'text/plain', 'cors'),
          await post('call', 'text/plain', 'no-cors'),
          await channel,
        ];
      },
      [TELEPHONE, JSON.stringify(of), LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN] as const,
    );
    expect(outcomes).toEqual(['failed', 'failed', 'failed', 'failed']);
    expect(await callsFrom(LOCAL_CALLER_NUMBER)).toBe(before);
  });

  it('can show neither the telephone nor the control room in a frame', async () => {
    const { page } = await strangePage();
    for (const address of [TELEPHONE, suite.baseUrl]) {
      await page.setContent('<iframe></iframe>');
      await page.locator('iframe').evaluate((frame, src) => {
        (frame as unknown as { src: string }).src = src;
      }, address);
      await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/);
    }
  });
});
