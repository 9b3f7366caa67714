import { deepStrictEqual } from 'node:assert/strict';
import { createRealtimeDatabaseServer } from '../emulators/realtime-database/server.ts';
import { type BenchCall, benchCall } from './call.ts';
import type { Traffic } from './mirror/counted-fetch.ts';
import { createAuroraWay, createReferenceWay, type Way } from './mirror/ways.ts';
import { ratio } from './statistics.ts';
import { table } from './table.ts';

/**
 * What one message costs the Realtime Database at the 10th and at the 200th turn of a call: requests,
 * bytes sent (paths, queries and bodies; not headers) and bytes of the answers, counted around
 * `fetch`; a turn's two messages, halved. Aurora's mirror applies the turn's two batches; then the
 * tasks with the same batches come, as they do after the direct writes. The reference algorithm
 * rewrites the call and its whole conversation for every message, and reads nothing. All turns have
 * the same length; those between are brought in together and are not counted. The database is the
 * local one, over HTTP. What is counted does not depend on the machine or its load. Checked: both
 * ways leave the same call and the same 400 messages.
 */
const [EARLY, LATE] = [10, 200] as const;
const MESSAGES_PER_TURN = 2;

interface Row {
  name: string;
  early: Traffic;
  late: Traffic;
}

export async function benchMirror(): Promise<void> {
  const server = createRealtimeDatabaseServer();
  await server.start();
  try {
    const url = (namespace: string) => `http://127.0.0.1:${server.port}/?ns=${namespace}`;
    const call = benchCall(1, Date.now());
    const [aurora, repeated] = await talk(call, createAuroraWay(url('aurora')));
    const [reference] = await talk(call, createReferenceWay(url('reference')));
    check(server.exportJson());
    report(
      { name: 'Aurora mirror', ...aurora },
      { name: 'Aurora mirror, the same again', ...repeated },
      { name: 'reference (rewrite)', ...reference },
    );
  } finally {
    await server.stop();
  }
}

type Traffics = Omit<Row, 'name'>;

/** What the first and a second delivery of the two measured turns' batches cost. */
async function talk(call: BenchCall, way: Way): Promise<[first: Traffics, again: Traffics]> {
  const deliver = async (turn: number): Promise<Traffic> => {
    way.takeTraffic();
    for (const batch of call.turn(turn)) await way.apply(batch);
    return way.takeTraffic();
  };
  const turns = async (from: number, to: number) => {
    const batches = Array.from({ length: to - from + 1 }, (_, i) => call.turn(from + i));
    await way.apply(batches.flat(2));
  };
  await turns(1, EARLY - 1);
  const early = [await deliver(EARLY), await deliver(EARLY)] as const;
  await turns(EARLY + 1, LATE - 1);
  const late = [await deliver(LATE), await deliver(LATE)] as const;
  return [
    { early: early[0], late: late[0] },
    { early: early[1], late: late[1] },
  ];
}

function check(left: Record<string, unknown>): void {
  type Content = Record<'active_calls' | 'active_conversations', Record<string, object>>;
  const { aurora, reference } = left as Record<string, Content>;
  deepStrictEqual(aurora?.active_calls, reference?.active_calls);
  deepStrictEqual(aurora?.active_conversations, reference?.active_conversations);
  const [conversation] = Object.values(aurora?.active_conversations ?? {});
  const { messages } = conversation as { messages: object };
  deepStrictEqual(Object.keys(messages).length, LATE * MESSAGES_PER_TURN);
}

function report(aurora: Row, ...others: readonly Row[]): void {
  const each = (count: number) => Math.round(count / MESSAGES_PER_TURN).toLocaleString('en');
  const rows = [aurora, ...others].map(({ name, early, late }) => [
    name,
    `${each(early.requests)} / ${each(late.requests)}`,
    each(early.sent),
    each(late.sent),
    ratio(late.sent / early.sent),
    each(early.received),
    each(late.received),
    ratio(late.sent / aurora.late.sent),
  ]);
  const turns = (what: string) => [`${what} at ${EARLY}`, `at ${LATE}`];
  const heading = ['per message', 'requests', ...turns('bytes sent'), 'growth'];
  console.log(table([[...heading, ...turns('answered'), `sent at ${LATE} to ours`], ...rows]));
  const verdict = aurora.early.sent === aurora.late.sent ? 'met' : 'not met';
  console.log(
    `\nGoal: the same number of bytes sent at both turns: ${verdict} ` +
      `(${aurora.early.sent} and ${aurora.late.sent} bytes for the two messages of the turn).`,
  );
}
