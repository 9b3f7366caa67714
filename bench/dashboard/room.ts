import { setTimeout } from 'node:timers/promises';
import { conversationId } from '../../functions/src/calls/ids.ts';
import { reduce } from '../../functions/src/calls/reduce.ts';
import type { SuiteAddress } from '../../test/suite.ts';
import { type BenchCall, benchCall } from '../call.ts';

/** Calls that are critical: the first ones. */
const CRITICAL = 10;

/** The live calls of the demo company, written into the Realtime Database as the mirror writes them. */
export interface Room {
  calls: readonly BenchCall[];
  /** The caller of the i-th call says something; resolves when it is stored. */
  say(i: number, turn: number, words: string): Promise<void>;
  /** So many messages a second on calls all over the list, for so many milliseconds. */
  talk(perSecond: number, milliseconds: number): Promise<number>;
}

export async function fillRoom({ ports, project }: SuiteAddress, count: number): Promise<Room> {
  const url = `http://127.0.0.1:${ports.database}/.json?print=silent&ns=${project}-default-rtdb`;
  const headers = { authorization: 'Bearer owner' };

  async function write(changes: Record<string, unknown>): Promise<void> {
    const answer = await fetch(url, { method: 'PATCH', headers, body: JSON.stringify(changes) });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`The Realtime Database answered ${answer.status}.`);
  }

  const now = Date.now();
  const calls = Array.from({ length: count }, (_, i) => benchCall(9_000_000 + i, now));
  const content: Record<string, unknown> = {};
  for (const [i, { started, turn }] of calls.entries()) {
    const { call, conversation } = reduce({}, turn(i < CRITICAL ? 1 : 2).flat());
    content[`active_calls/${started.call_id}`] = call;
    content[`active_conversations/${conversationId(started.call_id)}`] = conversation;
  }
  await write(content);

  async function say(i: number, n: number, words: string): Promise<void> {
    const { started, turn } = calls[i % count] as BenchCall;
    const [said] = turn(n);
    const message = said.find(({ type }) => type === 'message_added');
    if (message?.type !== 'message_added') throw new Error('The turn has no words.');
    const { id, timestamp } = message.message;
    const call = `active_calls/${started.call_id}`;
    const conversation = `active_conversations/${conversationId(started.call_id)}`;
    await write({
      [`${call}/latest/user`]: { id, text: words, at: timestamp },
      [`${call}/last_message_at`]: timestamp,
      [`${conversation}/messages/${id}`]: { ...message.message, content: words },
    });
  }

  async function talk(perSecond: number, milliseconds: number): Promise<number> {
    const pending: Promise<void>[] = [];
    const start = performance.now();
    for (let n = 0; performance.now() - start < milliseconds; n += 1) {
      // A stride that has nothing in common with the count reaches all of them.
      pending.push(say(n * 37, 10 + Math.floor(n / count), `The smoke is thicker now, ${n}.`));
      await setTimeout(Math.max(0, start + ((n + 1) * 1_000) / perSecond - performance.now()));
    }
    await Promise.all(pending);
    return pending.length;
  }

  return { calls, say, talk };
}
