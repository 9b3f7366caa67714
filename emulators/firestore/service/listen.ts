import type { handleBidiStreamingCall } from '@grpc/grpc-js';
import type { CommitEvent, Database } from '../engine/database.ts';
import type { Snapshot } from '../engine/document-store.ts';
import { Code, FirestoreError, invalidArgument } from '../engine/errors.ts';
import {
  createListenTarget,
  type ListenTarget,
  type TargetEvent,
  type Watched,
} from '../engine/listen-target.ts';
import type { ListenRequest, ListenResponse, WireTarget } from '../wire/messages.ts';
import { decodeQuery } from '../wire/queries.ts';
import { decodeBytes, decodeTimestamp, encodeDocument, encodeTimestamp } from '../wire/values.ts';
import { checkCaller, type Log, toStatus } from './calls.ts';
import type { Databases } from './databases.ts';

/** Streams of changes: each stream carries any number of targets, told apart by their ids. */
export function createListen(
  databases: Databases,
  log: Log,
): handleBidiStreamingCall<ListenRequest, ListenResponse> {
  return function listen(call) {
    let session: ListenSession | undefined;
    call.on('data', (request: ListenRequest) => {
      try {
        checkCaller(call.metadata);
        session ??= createListenSession(databases.of(request.database), (response) =>
          call.write(response),
        );
        session.handle(request, log);
      } catch (error) {
        session?.close();
        call.emit('error', toStatus(error, log));
      }
    });
    call.on('end', () => {
      session?.close();
      call.end();
    });
    call.on('cancelled', () => session?.close());
    call.on('error', () => session?.close());
  };
}

interface ListenSession {
  handle(request: ListenRequest, log: Log): void;
  close(): void;
}

function createListenSession(
  database: Database,
  send: (response: ListenResponse) => void,
): ListenSession {
  const targets = new Map<number, ListenTarget>();
  const unsubscribe = database.subscribe(onCommit);

  return { handle, close: unsubscribe };

  function handle(request: ListenRequest, log: Log): void {
    if (request.removeTarget) {
      targets.delete(request.removeTarget);
      sendTargetChange('REMOVE', [request.removeTarget]);
      return;
    }
    const target = request.addTarget;
    if (!target) throw invalidArgument('A listen request must add or remove a target.');
    const id = target.targetId || 1;
    try {
      addTarget(id, target);
    } catch (error) {
      // Other targets of this stream live on.
      const { code, details: message } = toStatus(error, log);
      targets.delete(id);
      send({
        targetChange: { targetChangeType: 'REMOVE', targetIds: [id], cause: { code, message } },
      });
    }
  }

  function addTarget(id: number, wire: WireTarget): void {
    const watched = decodeWatched(wire);
    if (watched.kind === 'query') database.checkQuery(watched.query);
    else for (const name of watched.names) database.checkName(name);
    const target = createListenTarget(watched);
    const known = knownState(wire);
    sendTargetChange('ADD', [id]);
    if (known === 'lost') sendTargetChange('RESET', [id]);
    const current = database.snapshot();
    const time = database.now();
    sendEvents(id, target.start(current, known === 'lost' ? undefined : known), time);
    sendTargetChange('CURRENT', [id], time);
    sendTargetChange('NO_CHANGE', [], time);
    if (wire.once) sendTargetChange('REMOVE', [id]);
    else targets.set(id, target);
  }

  /** What a client that comes back has seen; `lost` when that is too long ago to tell. */
  function knownState(wire: WireTarget): Snapshot | 'lost' | undefined {
    try {
      if (wire.resumeToken?.length) return database.snapshot(decodeResumeToken(wire.resumeToken));
      if (wire.readTime) return database.snapshot(decodeTimestamp(wire.readTime));
      return undefined;
    } catch (error) {
      if (error instanceof FirestoreError) return 'lost';
      throw error;
    }
  }

  function onCommit({ changes, current, time }: CommitEvent): void {
    let hasNews = false;
    for (const [id, target] of targets) {
      const events = target.onCommit(changes, current);
      sendEvents(id, events, time);
      hasNews ||= events.length > 0;
    }
    // Without target ids this closes a consistent snapshot of all targets.
    if (hasNews) sendTargetChange('NO_CHANGE', [], time);
  }

  function sendEvents(id: number, events: readonly TargetEvent[], time: bigint): void {
    const readTime = encodeTimestamp(time);
    for (const event of events) {
      if (event.kind === 'changed') {
        send({ documentChange: { document: encodeDocument(event.document), targetIds: [id] } });
      } else {
        const gone = { document: event.name, removedTargetIds: [id], readTime };
        send(event.kind === 'removed' ? { documentRemove: gone } : { documentDelete: gone });
      }
    }
  }

  function sendTargetChange(
    targetChangeType: 'NO_CHANGE' | 'ADD' | 'REMOVE' | 'CURRENT' | 'RESET',
    targetIds: number[],
    time?: bigint,
  ): void {
    send({
      targetChange: {
        targetChangeType,
        targetIds,
        ...(time !== undefined && {
          readTime: encodeTimestamp(time),
          resumeToken: Buffer.from(String(time)),
        }),
      },
    });
  }
}

function decodeWatched(wire: WireTarget): Watched {
  if (wire.documents) {
    return { kind: 'documents', names: wire.documents.documents ?? [] };
  }
  const { parent, structuredQuery } = wire.query ?? {};
  return { kind: 'query', query: decodeQuery(parent ?? '', structuredQuery) };
}

function decodeResumeToken(token: Uint8Array | string): bigint {
  const text = Buffer.from(decodeBytes(token)).toString();
  if (!/^\d{1,30}$/.test(text)) {
    throw new FirestoreError(Code.INVALID_ARGUMENT, 'The resume token is not one of this server.');
  }
  return BigInt(text);
}
