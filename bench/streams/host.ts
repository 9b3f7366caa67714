import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createBetterSseWay } from './better-sse-way.ts';
import { answerParent, sharedClock } from './child.ts';
import { createPollingWay } from './polling-way.ts';

/**
 * `node --expose-gc host.ts aurora|better-sse|polling`: serves one way of watching conversations on a
 * free port of 127.0.0.1, under functions-framework as it is deployed, and tells what it costs.
 */
export interface Used {
  /** Milliseconds of CPU time, user and system, of this process since it began. */
  cpu: number;
  /** Milliseconds of the shared clock. */
  at: number;
}

export interface Held {
  /** Bytes of the process that are in memory, after a collection. */
  resident: number;
  /** Bytes that live objects and buffers take, after a collection. */
  live: number;
}

const functionsRequire = createRequire(new URL('../../functions/package.json', import.meta.url));

const server = await makeServer(process.argv[2]);
server.listen(0, '127.0.0.1');
await once(server, 'listening');

answerParent({
  port: () => (server.address() as AddressInfo).port,
  used(): Used {
    const { user, system } = process.cpuUsage();
    return { cpu: (user + system) / 1_000, at: sharedClock() };
  },
  async held(): Promise<Held> {
    for (let round = 0; round < 3; round += 1) {
      // The kind that gives back to the system what is not needed, too.
      await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
      // What finalizers set free goes with the next one.
      await setTimeout(20);
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { resident: rss, live: heapUsed + external };
  },
});

async function makeServer(way: string | undefined): Promise<Server> {
  const { http } = functionsRequire('@google-cloud/functions-framework');
  const { getTestServer } = functionsRequire('@google-cloud/functions-framework/testing');
  http('handler', await handlerOf(way));
  return getTestServer('handler');
}

async function handlerOf(way: string | undefined): Promise<unknown> {
  if (way === 'better-sse') return createBetterSseWay(connect());
  if (way === 'polling') return createPollingWay(connect());
  const { streams } = await import(new URL('../../functions/lib/index.js', import.meta.url).href);
  return streams;
}

/** The Admin SDK as the functions have it. */
function connect() {
  const { initializeApp } = functionsRequire('firebase-admin/app');
  return functionsRequire('firebase-admin/database').getDatabase(initializeApp());
}
