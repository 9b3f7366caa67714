import { setTimeout as sleep } from 'node:timers/promises';
import {
  idOf,
  post,
  SUPERVISOR,
  setPolicy,
  switchboard,
  timeline,
} from '../test/journeys/people.ts';
import { closeClients } from '../test/journeys/support.ts';
import { startSuite } from '../test/suite.ts';
import { duration, percentile, ratio } from './statistics.ts';
import { table } from './table.ts';

/**
 * People on call, on the running suite: from the words that make a call CRITICAL to what the caller
 * hears, and to the text and the ringing that fetch somebody. Each call is over, and nobody is asked
 * for it any more, before the next one: pages of one incident are merged.
 */
const CALLS = 25;
const WORDS = 'there is a fire in the paint shop';
/** How the card of a fire begins. */
const CARD = 'Get out now';
/** Milliseconds from the CRITICAL turn to the first page. */
const GOAL = 3_000;

/** Milliseconds from the words. */
interface Fetched {
  reply: number;
  text: number;
  ringing: number;
}

export async function benchPaging(): Promise<void> {
  const suite = await startSuite({
    env: { SENDS_PER_PERSON: '10000', SENDS_TO_PEOPLE: '100000' },
  });
  const telephones = await switchboard(suite);
  try {
    await setPolicy(suite, { steps: [{ who: [SUPERVISOR.id], wait_seconds: 120 }] });
    const phone = await telephones.phone(SUPERVISOR.phone);

    /** They are also told when they are not needed any more. */
    async function paged(): Promise<void> {
      while (!/Reply 1/.test((await phone.nextMessage()).body));
    }

    async function until(id: string, step: string): Promise<void> {
      while (!(await timeline(suite, id)).some((line) => line.startsWith(step))) await sleep(50);
    }

    async function fetchedFor(): Promise<Fetched> {
      const call = telephones.call();
      const id = await idOf(call);
      const start = performance.now();
      const since = () => performance.now() - start;
      call.say(WORDS);
      const [reply, text, ringing] = await Promise.all([
        call.hears(CARD).then(since),
        paged().then(since),
        phone.nextCall().then(since),
      ]);
      await until(id, 'page_sent');
      const { status } = await post(suite, `/api/call/${id}/end`, { final_action: 'drill' });
      if (status >= 300) throw new Error(`The call could not be ended: ${status}.`);
      await until(id, 'page_closed');
      return { reply, text, ringing };
    }

    // The first call of all waits for functions to start.
    await fetchedFor();
    const calls: Fetched[] = [];
    while (calls.length < CALLS) calls.push(await fetchedFor());
    report(calls);
  } finally {
    await telephones.hangUp();
    telephones.close();
    await closeClients();
    await suite.stop();
  }
}

function report(calls: readonly Fetched[]): void {
  const of = (name: keyof Fetched) => calls.map((each) => each[name]);
  const reply = percentile(of('reply'), 0.5);
  const names = {
    reply: 'the caller hears the reply (reference)',
    text: `${SUPERVISOR.name} is texted`,
    ringing: `${SUPERVISOR.name} is rung`,
  };
  const rows = Object.entries(names).map(([name, words]) => {
    const times = of(name as keyof Fetched);
    const p50 = percentile(times, 0.5);
    return [
      words,
      duration(p50),
      duration(percentile(times, 0.95)),
      duration(Math.max(...times)),
      ratio(p50 / reply),
    ];
  });
  console.log(table([['from the words on', 'p50', 'p95', 'slowest', 'ratio of p50'], ...rows]));
  const slowest = Math.max(...of('text'));
  console.log(
    `\nGoal: the first page within ${duration(GOAL)} of the CRITICAL turn: ` +
      `${slowest < GOAL ? 'met' : 'not met'} (${duration(slowest)}).`,
  );
}
