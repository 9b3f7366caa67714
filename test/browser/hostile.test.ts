import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import type { ControlClient } from '../../emulators/twilio/control-client.ts';
import { anyNumber, callIdOf, closeClients } from '../journeys/support.ts';
import { placeLedCall, telephoneLine } from './caller.ts';
import { HOSTILE, shownOf } from './hostile.fixture.ts';
import { closeBrowser, expectNoFaults, openWindow, signIn, type Window } from './page.ts';

/** Hostile words, from the telephone through every page, file and terminal: they stay words. */

const suite = inject('suite');
let line: ControlClient;

beforeAll(async () => {
  line = await telephoneLine(suite);
});

afterAll(async () => {
  line.close();
  await Promise.all([closeBrowser(), closeClients()]);
});

async function windowOf(width: number): Promise<Window> {
  const window = await openWindow({ baseUrl: suite.baseUrl, width, height: 800 });
  onTestFinished(() => window.context.close());
  window.page.on('dialog', (dialog) => {
    window.faults.push(`A dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await signIn(window);
  return window;
}

/** Of a page that is wider than its window: by how much, and the innermost of what sticks out. */
async function tooWide({ page }: Window): Promise<string[]> {
  return page.locator('html').evaluate((html) => {
    const excess = html.scrollWidth - html.clientWidth;
    if (excess <= 0) return [];
    const all: (typeof html)[] = Array.from(html.querySelectorAll('body *'));
    const stickingOut = all.filter((node) => node.getBoundingClientRect().right > html.clientWidth);
    return [
      `${excess} pixels`,
      ...stickingOut.slice(-5).map((node) => node.outerHTML.slice(0, 300)),
    ];
  });
}

/** That nothing is wider than the window, and that no words became elements. */
async function expectCalm(window: Window, where: string): Promise<void> {
  const { page } = window;
  expect([where, await tooWide(window)]).toEqual([where, []]);
  expect(await page.locator('main :is(script, iframe, object, img, b > b)').count()).toBe(0);
}

/** `npm run watch` of one call, until it is over. */
function watch(conversationId: string) {
  const script = join(import.meta.dirname, '../../scripts/watch/watch-command.ts');
  const child = spawn(process.execPath, [script, conversationId, '--base-url', suite.baseUrl], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => {
    printed += data.toString('utf8');
  });
  const over = once(child, 'exit');
  onTestFinished(() => void child.kill());
  return { printed: () => printed, over };
}

/** What a menu item of the open page saves. */
async function saved({ page }: Window, format: string): Promise<{ name: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'aurora-saved-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).click(),
  ]);
  const name = file.suggestedFilename();
  await file.saveAs(join(folder, name));
  return { name, path: join(folder, name) };
}

it('hostile words are words in lists, calls, history, files and the terminal', async () => {
  const [desk, phone] = await Promise.all([windowOf(1280), windowOf(390)]);
  const call = placeLedCall(suite, line, anyNumber());
  onTestFinished(async () => {
    call.hangUp();
    await call.over;
  });
  const rowOf = ({ page }: Window) =>
    page.getByRole('listitem').filter({ hasText: `•••• ${call.from.slice(-4)}` });

  for (const hostile of HOSTILE) {
    call.say(hostile.said);
    const beginning = shownOf(hostile).slice(0, 30);
    await expect.poll(() => rowOf(desk).locator('q').textContent()).toContain(beginning);
    await expectCalm(desk, `the list with ${hostile.what}`);
    await expectCalm(phone, `the list on a phone with ${hostile.what}`);
  }

  await rowOf(desk).getByRole('link').click();
  await rowOf(phone).getByRole('link').click();
  const transcript = desk.page.getByRole('log');
  for (const hostile of HOSTILE) {
    const said = transcript.locator('[data-role="user"]');
    await expect
      .poll(async () => (await said.allTextContents()).join('\n'))
      .toContain(shownOf(hostile));
  }
  const conversationId = new URL(desk.page.url()).pathname.replace('/calls/call_', 'conv_');
  const terminal = watch(conversationId);
  await expect.poll(terminal.printed).toContain('<script>alert(1)</script>');
  await expectCalm(desk, 'the call');
  await expectCalm(phone, 'the call on a phone');

  const notes = '=1+1 حريق\n<img src=x onerror=alert(9)>';
  await desk.page.getByLabel('Notes').fill(notes);
  await desk.page.getByRole('button', { name: 'Save', exact: true }).click();
  await desk.page.getByText('Saved').waitFor();
  call.hangUp();
  const callId = callIdOf(await call.over);
  await desk.page.getByText('This call is over.').waitFor();
  await terminal.over;
  const printed = terminal.printed();
  expect(printed).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u);
  for (const { said } of HOSTILE.filter(({ shown }) => shown === undefined)) {
    expect(printed).toContain(said);
  }

  await desk.page.goto('/history?q=thirteen');
  const found = desk.page.getByRole('row').filter({ hasText: call.from.slice(-4) });
  await expect
    .poll(
      async () => {
        await desk.page.reload();
        await desk.page.getByRole('heading', { name: 'History' }).waitFor();
        await desk.page.waitForTimeout(500);
        return found.count();
      },
      { timeout: 40_000 },
    )
    .toBe(1);
  await expectCalm(desk, 'the history');
  const list = await saved(desk, 'As CSV');
  expect(list.name).toMatch(/^calls-\d{4}-\d\d-\d\d\.csv$/);
  const listText = await readFile(list.path, 'utf8');
  expect(listText).toContain(callId);
  expect(listText).toContain(`"'=1+1 حريق <img src=x onerror=alert(9)>"`);

  await found.getByRole('link').click();
  await desk.page.getByText('This call is over.').waitFor();
  const csv = await readFile((await saved(desk, 'As CSV')).path, 'utf8');
  const json = JSON.parse(await readFile((await saved(desk, 'As JSON')).path, 'utf8'));
  const said = json.messages.flatMap(({ role, content }: { role: string; content: string }) =>
    role === 'user' ? [content] : [],
  );
  expect(said).toHaveLength(HOSTILE.length);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"",""six"")"`);
  expect(csv).toContain(`"eight;'@SUM(1+1)*cmd"`);
  for (const line of csv.slice(1).trimEnd().split('\r\n')) {
    expect(line).not.toMatch(/(^|,|;)"?[\s"]*[=+\-@]/);
    expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}\ufeff]/u);
  }

  const { path, name } = await saved(desk, 'As a page to print');
  expect(name).not.toContain(call.from.slice(1));
  const printable = await desk.context.newPage();
  printable.on('dialog', (dialog) => {
    desk.faults.push(`A dialog of the printed page: ${dialog.message()}`);
    void dialog.dismiss();
  });
  printable.on('console', (message) => {
    if (message.type() === 'error') desk.faults.push(`The printed page: ${message.text()}`);
  });
  await printable.goto(pathToFileURL(path).href);
  const body = (await printable.locator('body').textContent()) ?? '';
  for (const hostile of HOSTILE) expect(body).toContain(shownOf(hostile));
  expect(await printable.locator('script, img, iframe, svg, a, form').count()).toBe(0);
  expectNoFaults(desk, phone);
}, 240_000);
