import type { CallEvent } from '../../functions/src/calls/model.ts';
import { type CallState, reduce } from '../../functions/src/calls/reduce.ts';
import { createLiveDatabase } from '../../functions/src/live-database.ts';
import { createMirror } from '../../functions/src/mirror/apply.ts';
import { live } from '../../functions/src/paths.ts';
import { countedFetch, type Traffic } from './counted-fetch.ts';

/** One way to bring the events of one call into the Realtime Database. */
export interface Way {
  apply(events: readonly CallEvent[]): Promise<void>;
  /** The traffic since it was last asked for. */
  takeTraffic(): Traffic;
}

/** Aurora's mirror as it is deployed. */
export function createAuroraWay(url: string): Way {
  const { fetch, take } = countedFetch();
  const database = createLiveDatabase({ url, accessToken: async () => 'owner', fetch });
  const unexpected = () => Promise.reject(new Error('No call of this benchmark is over.'));
  const archive = { merge: unexpected, past: unexpected };
  const { apply } = createMirror({ database, archive, now: Date.now });
  return { apply, takeTraffic: take };
}

/** The reference algorithm: every message rewrites the call and the conversation, whole. */
export function createReferenceWay(url: string): Way {
  const { fetch, take } = countedFetch();
  let state: CallState = {};
  return {
    async apply(events) {
      state = reduce(state, events);
      const { call, conversation } = state;
      const { call_id } = conversation as { call_id: string };
      await put(live.call(call_id), call);
      await put(live.conversation(call?.conversation_id ?? ''), conversation);
    },
    takeTraffic: take,
  };

  async function put(path: string, value: unknown): Promise<void> {
    const target = new URL(url);
    target.pathname = `/${path}.json`;
    const headers = { authorization: 'Bearer owner', 'content-type': 'application/json' };
    const response = await fetch(target, { method: 'PUT', headers, body: JSON.stringify(value) });
    if (!response.ok) throw new Error(`The database answered ${response.status}.`);
  }
}
