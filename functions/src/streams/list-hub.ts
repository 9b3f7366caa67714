import type { Database, DataSnapshot } from 'firebase-admin/database';
import type { Viewer } from '../access/visibility.ts';
import { CALL_ID } from '../calls/ids.ts';
import { readCall } from '../calls/live.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import {
  type CallList,
  createCallList,
  type ListChange,
  type ListedCall,
  listedCall,
  viewerKey,
} from './call-list.ts';
import { guarded } from './observed.ts';
import type { Running } from './shared.ts';
import { sseEvent } from './sse.ts';
import type { Watcher } from './watcher.ts';

const UNAVAILABLE = {
  code: 'unavailable',
  message: 'The live calls cannot be followed at this moment. Open the stream again.',
};

/** All who see the same calls. */
interface Audience {
  key: string;
  list: CallList;
  watchers: Set<Watcher>;
}

export interface FollowedCalls {
  /** Resolves when all calls that are live are known. */
  known: Promise<unknown>;
  /** Sends the list, unless the cursor says that the client has just this one, then its changes. */
  watch(watcher: Watcher, cursor: string | undefined): void;
}

/**
 * The live calls, listened to as a whole once per instance. All who see the same calls share one
 * list: a change is looked at, and written, once for each list.
 */
export function followCalls(database: Database, log: Log): Running<FollowedCalls> {
  const calls = new Map<string, ListedCall>();
  const audiences = new Map<string, Audience>();
  let isBroken = false;

  function changed(callId: string, listed: ListedCall | undefined): void {
    if (listed) calls.set(callId, listed);
    else calls.delete(callId);
    for (const audience of [...audiences.values()]) bring(audience, callId, listed);
  }

  function bring({ list, watchers }: Audience, callId: string, listed?: ListedCall): void {
    const change = list.bring(callId, listed);
    if (!change) return;
    const frame = Buffer.from(frameOf(change, list.cursor()));
    for (const { stream } of [...watchers]) stream.write(frame);
  }

  function audienceOf(viewer: Viewer): Audience {
    const key = viewerKey(viewer);
    const audience = audiences.get(key) ?? { key, list: createCallList(), watchers: new Set() };
    audiences.set(key, audience);
    audience.list.see(viewer);
    for (const [callId, listed] of calls) bring(audience, callId, listed);
    return audience;
  }

  function leave(watcher: Watcher, { key, watchers }: Audience): void {
    watchers.delete(watcher);
    if (watchers.size === 0) audiences.delete(key);
  }

  function watch(watcher: Watcher, cursor: string | undefined): void {
    const { stream, standing } = watcher;
    let audience: Audience | undefined;

    /** Of a list that somebody else sees now, this one client is told what is different. */
    function look(): void {
      const { viewer, refusal } = standing.now() ?? {};
      if (refusal) stream.fail(refusal);
      if (!viewer) return;
      const before = audience;
      if (before && before.key !== viewerKey(viewer)) {
        const own = before.list.copy();
        own.see(viewer);
        for (const [callId, listed] of calls) {
          const change = own.bring(callId, listed);
          if (change) stream.write(frameOf(change, own.cursor()));
        }
        leave(watcher, before);
      }
      audience = audienceOf(viewer);
      audience.watchers.add(watcher);
    }

    look();
    if (!audience) return;
    const { list } = audience as Audience;
    if (cursor !== list.cursor()) {
      const data = JSON.stringify({ items: list.items() });
      stream.write(sseEvent({ id: list.cursor(), event: 'initial', data }));
    }
    const stopLooking = standing.onChange(look);
    stream.onClose(() => {
      stopLooking();
      if (audience) leave(watcher, audience);
    });
  }

  /** What is malformed is left out: one bad record must not keep the others from supervisors. */
  function read(snapshot: DataSnapshot): ListedCall | undefined {
    try {
      const callId = snapshot.key ?? '';
      return CALL_ID.test(callId) ? listedCall(callId, readCall(snapshot.val())) : undefined;
    } catch (thrown) {
      log.error('A live call is malformed; streams leave it out.', { error: asError(thrown) });
      return undefined;
    }
  }

  const reference = database.ref(live.calls);
  const onChange = guarded(log, (snapshot: DataSnapshot) =>
    changed(snapshot.key ?? '', read(snapshot)),
  );
  const onRemoved = guarded(log, (snapshot: DataSnapshot) =>
    changed(snapshot.key ?? '', undefined),
  );
  reference.on('child_added', onChange, (error) => {
    log.error('The Realtime Database refused to be listened to.', { error });
    isBroken = true;
    for (const { watchers } of audiences.values()) {
      for (const { stream } of [...watchers]) stream.fail(UNAVAILABLE);
    }
  });
  reference.on('child_changed', onChange);
  reference.on('child_removed', onRemoved);
  const known = reference.once('value');
  known.catch(() => {});
  return {
    value: { known, watch },
    isSpent: () => isBroken,
    stop() {
      reference.off('child_added', onChange);
      reference.off('child_changed', onChange);
      reference.off('child_removed', onRemoved);
    },
  };
}

function frameOf(change: ListChange, id: string): string {
  const data =
    change.event === 'removed'
      ? { call_id: change.callId, reason: change.reason }
      : { call: change.listed.view };
  return sseEvent({ id, event: change.event, data: JSON.stringify(data) });
}
