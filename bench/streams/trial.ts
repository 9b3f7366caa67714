import { deepStrictEqual } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { live } from '../../functions/src/paths.ts';
import { type Audience, STREAMS, WATCHERS_EACH } from './audience.ts';
import type { Backends } from './backends.ts';
import { type Child, sharedClock, startChild } from './child.ts';
import type { Held, Used } from './host.ts';
import { digestOf, type StoredMessages, streamPath } from './watched.ts';
import type { Delivery, Taken } from './watchers.ts';

const HOST = fileURLToPath(new URL('./host.ts', import.meta.url));
const WATCHERS = fileURLToPath(new URL('./watchers.ts', import.meta.url));

/** Milliseconds until what is kept for a while after the last stream is given up. */
const AFTER_WARM_UP = 2_500;
/** Milliseconds between two messages of a spread round. */
const SPREAD = 30;

/** All times in milliseconds, all sizes in bytes. */
export interface Measured {
  /** CPU time of the process for one stream. */
  opening: number;
  /** From just before the write until a watcher has it: messages one after the other. */
  spread: number[];
  /** The same with one message in every conversation at once. */
  burst: number[];
  residentPerStream: number;
  livePerStream: number;
  /** Of the whole process, with all streams open. */
  resident: number;
  /** CPU time by time, with all streams open and nothing said. */
  idle: number;
}

/** One way with all its streams open. */
export interface Trial {
  /** Watches the idle process for so long; may run beside another's. */
  idle(milliseconds: number): Promise<void>;
  measured(): Measured;
  stop(): Promise<void>;
}

/** Opens all streams of a way, sends messages, and checks that everybody has them, once each. */
export async function startTrial(
  way: string,
  backends: Backends,
  audience: Audience,
): Promise<Trial> {
  backends.load(way, audience.content);
  const [host, watchers] = await Promise.all([
    startChild(HOST, [way], backends.environment(way)),
    startChild(WATCHERS, []),
  ]);
  const stop = async () => {
    await watchers.stop();
    await host.stop();
  };
  try {
    const measured = await measure(way, host, watchers, backends, audience);
    return {
      measured: () => measured,
      stop,
      async idle(milliseconds) {
        measured.idle = await idleShare(host, milliseconds);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function measure(
  way: string,
  host: Child,
  watchers: Child,
  backends: Backends,
  audience: Audience,
): Promise<Measured> {
  const port = await host.ask<number>('port');
  // What is compiled and kept once is no part of what a stream takes.
  await watchers.ask('open', { port, wanted: audience.wanted });
  await watchers.ask('close');
  await setTimeout(AFTER_WARM_UP);
  const empty = await host.ask<Held>('held');
  const before = await host.ask<Used>('used');
  await watchers.ask('open', { port, wanted: audience.wanted });
  const after = await host.ask<Used>('used');
  const full = await host.ask<Held>('held');
  const say = (turn: number, pause: number) =>
    sayEverywhere({ way, watchers, backends, audience, turn, pause });
  const spread = [...(await say(101, SPREAD)), ...(await say(102, SPREAD))];
  const burst = [...(await say(103, 0)), ...(await say(104, 0))];
  checkTaken(await watchers.ask<Taken[]>('taken'), backends.content(way));
  return {
    opening: (after.cpu - before.cpu) / STREAMS,
    spread,
    burst,
    residentPerStream: (full.resident - empty.resident) / STREAMS,
    livePerStream: (full.live - empty.live) / STREAMS,
    resident: full.resident,
    idle: Number.NaN,
  };
}

interface Saying {
  way: string;
  watchers: Child;
  backends: Backends;
  audience: Audience;
  turn: number;
  /** Milliseconds between two conversations' messages. */
  pause: number;
}

/** One message in every conversation; answers how long each took to each watcher. */
async function sayEverywhere(saying: Saying): Promise<number[]> {
  const { way, watchers, backends, audience, turn, pause } = saying;
  const sentAt = new Map<string, number>();
  const delivered = watchers.ask<Delivery[]>('delivered', STREAMS);
  const writes: Promise<void>[] = [];
  for (const call of audience.calls) {
    const said = call.turn(turn)[0].find((event) => event.type === 'message_added');
    if (!said) throw new Error('The turn has no message.');
    const { id, ...message } = said.message;
    const conversation = call.started.conversation_id;
    sentAt.set(`${streamPath(conversation)} ${id}`, sharedClock());
    writes.push(backends.write(way, live.message(conversation, id), message));
    if (pause > 0) await setTimeout(pause);
  }
  await Promise.all(writes);
  const deliveries = await delivered;
  const watchedBy = new Map<string, number>();
  const latencies = deliveries.map(({ path, message, at }) => {
    const name = `${path} ${message}`;
    watchedBy.set(name, (watchedBy.get(name) ?? 0) + 1);
    return at - (sentAt.get(name) ?? Number.NaN);
  });
  deepStrictEqual(watchedBy, new Map([...sentAt.keys()].map((name) => [name, WATCHERS_EACH])));
  return latencies;
}

/** Every watcher has every message of its conversation, once, as the database holds it. */
function checkTaken(taken: readonly Taken[], content: Record<string, unknown>): void {
  const conversations = content.active_conversations as Record<
    string,
    { messages: StoredMessages }
  >;
  const digests = new Map(
    Object.entries(conversations).map(([id, { messages }]) => [
      streamPath(id),
      digestOf(new Map(Object.entries(messages).map(([id, { content }]) => [id, `${content}`]))),
    ]),
  );
  deepStrictEqual(taken.length, STREAMS);
  for (const { path, digest, doubled } of taken) {
    deepStrictEqual([digest, doubled], [digests.get(path), 0]);
  }
}

async function idleShare(host: Child, milliseconds: number): Promise<number> {
  const before = await host.ask<Used>('used');
  await setTimeout(milliseconds);
  const after = await host.ask<Used>('used');
  return (after.cpu - before.cpu) / (after.at - before.at);
}
