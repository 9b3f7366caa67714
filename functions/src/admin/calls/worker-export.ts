import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Principal } from '../../access/gate.ts';
import { conversationId } from '../../calls/ids.ts';
import { AuroraError } from '../../errors.ts';
import type { ConversationView } from '../views.ts';
import type { CallDesk } from './one-call.ts';
import type { WorkerCalls, WorkerOf } from './worker-calls.ts';

/** Calls that are read side by side. */
const AT_ONCE = 10;

export interface WorkerExportOptions {
  desk: CallDesk;
  conversation: (principal: Principal, id: string) => Promise<ConversationView>;
  calls: WorkerCalls;
}

/**
 * Everything that is stored of a worker as one JSON document, written while it is read, so that it
 * takes the memory of a few calls only. A call that cannot be read as it is stored is named at the
 * end; where a database goes away meanwhile, the document breaks off and is no JSON.
 */
export function createWorkerExport({ desk, conversation, calls }: WorkerExportOptions) {
  async function* document(principal: Principal, worker: WorkerOf, record: unknown, at: string) {
    const unreadable: string[] = [];
    yield `{"exported_at":${JSON.stringify(at)},"worker":${JSON.stringify(record)},"calls":[`;
    let separator = '\n';
    for await (const ids of idsOf(worker)) {
      const written = await Promise.all(ids.map((id) => one(principal, id, unreadable)));
      for (const call of written.filter((call) => call !== undefined)) {
        yield `${separator}${JSON.stringify(call)}`;
        separator = ',\n';
      }
    }
    yield `\n],"unreadable":${JSON.stringify(unreadable)}}\n`;
  }

  /** Live calls first: one that is archived meanwhile is found a second time and left out then. */
  async function* idsOf(worker: WorkerOf): AsyncGenerator<string[]> {
    const liveIds = await calls.live(worker);
    yield* portions(liveIds);
    for await (const ids of calls.archived(worker)) {
      yield* portions(ids.filter((id) => !liveIds.includes(id)));
    }
  }

  async function one(principal: Principal, callId: string, unreadable: string[]) {
    try {
      const [call, { messages }] = await Promise.all([
        desk.open(principal, callId),
        conversation(principal, conversationId(callId)),
      ]);
      return { ...call, messages };
    } catch (thrown) {
      if (!(thrown instanceof AuroraError)) throw thrown;
      // Removed meanwhile.
      if (thrown.status === 404) return undefined;
      if (thrown.code !== 'internal') throw thrown;
      unreadable.push(callId);
      return undefined;
    }
  }

  return async function write(
    response: Response,
    asked: { principal: Principal; worker: WorkerOf; record: unknown; at: string },
  ): Promise<void> {
    const { principal, worker, record, at } = asked;
    await pipeline(Readable.from(document(principal, worker, record, at)), response);
  };
}

function portions(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, index) =>
    ids.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
