import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { firstLoads } from '../dashboard/first-load.ts';
import { conversationId } from '../functions/src/calls/ids.ts';
import { launchBrowser } from '../test/browser/browser.ts';
import { type Suite, startSuite } from '../test/suite.ts';
import { listen } from './dashboard/listener.ts';
import { fillRoom, type Room } from './dashboard/room.ts';
import {
  type Kept,
  load,
  openPage,
  type Shown,
  signIn,
  watchMarks,
  watchStrain,
} from './dashboard/window.ts';
import { duration, percentile, ratio } from './statistics.ts';
import { table } from './table.ts';

/**
 * The control room in a real browser before the running suite. What the first screens load is what a
 * build gives, compressed as Hosting sends it. A page is interactive when what it is for is on it and
 * the last task of more than 50 ms is over; nothing is cached, and the small page that Hosting has as
 * well, in turn with it, tells what the browser and the server need for any page. From the write into
 * the Realtime Database to the frame that shows the words stands beside the time until a client
 * without a page has the same message. Then a list of 300 calls, with 20 messages a second on calls
 * all over it: tasks of more than 50 ms, frames, and how long a key waits for its frame.
 */
const ROUNDS = 7;
const MESSAGES = 60;
const CALLS = 300;
const PER_SECOND = 20;
const TALK = 20_000;

const GOALS = { firstLoad: 200_000 };

export async function benchDashboard(): Promise<void> {
  await reportBundle();
  const suite = await startSuite();
  const browser = await launchBrowser();
  try {
    const room = await fillRoom(suite, CALLS);
    const kept = await signIn(browser, suite.baseUrl);
    await reportLoading(browser, suite, kept);
    await reportLatency(browser, suite, kept, room);
    await reportStrain(browser, suite, kept, room);
  } finally {
    await browser.close();
    await suite.stop();
  }
}

async function reportBundle(): Promise<void> {
  const loads = await firstLoads(fileURLToPath(new URL('../dashboard/', import.meta.url)));
  const rows = Object.entries(loads).map(([screen, files]) => ({
    screen,
    files: files.length,
    bytes: files.reduce((sum, { compressed }) => sum + compressed, 0),
  }));
  console.log(
    table([
      ['first load', 'files', 'compressed'],
      ...rows.map(({ screen, files, bytes }) => [screen, String(files), kilobytes(bytes)]),
    ]),
  );
  const most = Math.max(...rows.map(({ bytes }) => bytes));
  const isMet = most < GOALS.firstLoad;
  console.log(
    `\nGoal: first load under ${kilobytes(GOALS.firstLoad)}: ${isMet ? 'met' : 'not met'} (${kilobytes(most)}).\n`,
  );
}

async function reportLoading(browser: Browser, suite: Suite, kept: Kept): Promise<void> {
  const ways = [
    { name: 'status page (reference)', path: '/status.html', selector: 'h1', as: undefined },
    { name: 'sign-in', path: '/', selector: 'input[type=password]', as: undefined },
    { name: `live list, ${CALLS} calls`, path: '/', selector: '[data-call]', as: kept },
  ];
  const times = new Map<string, Shown[]>(ways.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, path, selector, as } of ways) {
      const page = await openPage(browser, suite.baseUrl, as);
      times.get(name)?.push(await load(page, path, selector));
      await page.context().close();
    }
  }
  const middle = (name: string, of: keyof Shown) =>
    percentile(times.get(name)?.map((each) => each[of]) ?? [], 0.5);
  const reference = middle(ways[0]?.name ?? '', 'interactive');
  console.log(
    table([
      ['page, nothing cached', 'shown p50', 'interactive p50', 'of the reference'],
      ...ways.map(({ name }) => [
        name,
        duration(middle(name, 'shown')),
        duration(middle(name, 'interactive')),
        ratio(middle(name, 'interactive') / reference),
      ]),
    ]),
  );
}

async function reportLatency(
  browser: Browser,
  suite: Suite,
  kept: Kept,
  room: Room,
): Promise<void> {
  const callId = room.calls[0]?.started.call_id ?? '';
  const page = await openPage(browser, suite.baseUrl, kept);
  await page.goto(`/calls/${callId}`);
  await page.getByRole('log').getByRole('listitem').first().waitFor();
  const painted = await watchMarks(page);
  const listener = await listen(suite, conversationId(callId));
  const written = new Map<string, number>();
  for (let n = 0; n < MESSAGES; n += 1) {
    written.set(String(n), performance.timeOrigin + performance.now());
    await room.say(0, 100 + n, `I see more smoke, mark${n}.`);
    await page.waitForTimeout(100);
  }
  await page
    .getByText(`mark${MESSAGES - 1}.`)
    .first()
    .waitFor();
  await page.waitForTimeout(500);
  const pixels = await painted();
  listener.close();
  await page.context().close();
  const since = (at: (mark: string) => number | undefined) =>
    [...written].map(([mark, start]) => (at(mark) ?? Number.NaN) - start);
  const [seen, heard] = [since((mark) => pixels[mark]), since((mark) => listener.heard.get(mark))];
  if ([...seen, ...heard].some(Number.isNaN)) throw new Error('A message was not shown.');
  const row = (name: string, samples: number[]) => [
    name,
    duration(percentile(samples, 0.5)),
    duration(percentile(samples, 0.99)),
  ];
  console.log();
  console.log(
    table([
      [`${MESSAGES} messages, from the write`, 'p50', 'p99'],
      row('to a client without a page', heard),
      row('to the pixel', seen),
    ]),
  );
}

async function reportStrain(browser: Browser, suite: Suite, kept: Kept, room: Room): Promise<void> {
  const page = await openPage(browser, suite.baseUrl, kept);
  await page.goto('/');
  await page
    .locator('[data-call]')
    .nth(CALLS - 1)
    .waitFor();
  await page.waitForTimeout(3_000);
  const rows = [
    [
      'the live list',
      'long tasks',
      'longest',
      'blocked',
      'frame p50',
      'frame p99',
      'key p50',
      'key max',
    ],
  ];
  for (const perSecond of [0, PER_SECOND]) {
    const strain = await watchStrain(page);
    if (perSecond === 0) await page.waitForTimeout(TALK / 2);
    else await room.talk(perSecond, TALK);
    const { longTasks, frames, keys } = await strain();
    const blocked = longTasks.reduce((sum, each) => sum + each - 50, 0);
    rows.push([
      `${CALLS} calls, ${perSecond} messages/s`,
      String(longTasks.length),
      duration(Math.max(0, ...longTasks)),
      `${((blocked / (perSecond === 0 ? TALK / 2 : TALK)) * 100).toFixed(1)} %`,
      duration(percentile(frames, 0.5)),
      duration(percentile(frames, 0.99)),
      duration(percentile(keys, 0.5)),
      duration(Math.max(...keys)),
    ]);
  }
  await page.context().close();
  console.log();
  console.log(table(rows));
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
