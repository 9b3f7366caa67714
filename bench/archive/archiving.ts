import { createArchive } from '../../functions/src/archive/archive.ts';
import { createSettle } from '../../functions/src/archive/settle.ts';
import { createLiveDatabase } from '../../functions/src/live-database.ts';
import { createMirror } from '../../functions/src/mirror/apply.ts';
import type { LiveCall } from './live-calls.ts';

/** The client as the functions know it: bench/ does not depend on it itself. */
export type Firestore = Parameters<typeof createArchive>[0];

/** What is compared; both return when they are done. */
export interface Archiving {
  /** The end of a call, from Twilio's word until it is archived and its live copy removed. */
  end(call: LiveCall): Promise<void>;
  /** One document read and written in a transaction, then one value written. */
  bare(): Promise<void>;
  /** How many messages are archived of a call; undefined where it is not. */
  archived(call: LiveCall): Promise<number | undefined>;
  /** Requests to the Realtime Database that `end` has made so far. */
  requests(): number;
}

/** Mirror, settle and archive as they are deployed, on the databases given. */
export function createArchiving(url: string, firestore: Firestore, timeZone: string): Archiving {
  const now = Date.now;
  let requests = 0;
  const database = createLiveDatabase({
    url,
    accessToken: async () => 'owner',
    fetch: (input, init) => {
      requests += 1;
      return fetch(input, init);
    },
  });
  const archive = createArchive(firestore, timeZone);
  const settle = createSettle({ database, archive, now, timeZone });
  const mirror = createMirror({ database, archive: settle, now });
  const document = firestore.doc('bench/bare');
  const value = new URL(url);
  value.pathname = '/bench/bare.json';
  let writes = 0;

  return {
    async end({ started, ended }) {
      await mirror.apply([ended()]);
      await settle.settle(started.call_id);
    },
    async bare() {
      writes += 1;
      await firestore.runTransaction(async (transaction) => {
        await transaction.get(document);
        transaction.set(document, { writes });
      });
      const response = await fetch(value, {
        method: 'PUT',
        headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
        body: JSON.stringify({ writes }),
      });
      if (!response.ok) throw new Error(`The database answered ${response.status}.`);
      await response.arrayBuffer();
    },
    async archived({ started }) {
      const call = await archive.call(started.call_id);
      const conversation = await archive.conversation(started.conversation_id);
      return call?.end_reason === 'completed' ? conversation?.messages.length : undefined;
    },
    requests: () => requests,
  };
}
