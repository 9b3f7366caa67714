/**
 * What a test may do to a running suite: take one server away for a while, and find the process of
 * a function to kill it. Only the process that forked the launcher can ask, by IPC.
 */
import { z } from 'zod';
import { loadedFunctions, runningEmulator } from './firebase-tools.ts';
import type { Worker } from './worker-modes.ts';

const Server = z.enum(['database', 'tasks']);
/** The servers that can be away: the database keeps its data, the queue its tasks. */
export type StoppableServer = z.infer<typeof Server>;

const OutageRequest = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['stop', 'start']), id: z.number(), server: Server }),
  z.object({ type: z.literal('worker-pid'), id: z.number(), function: z.string() }),
]);

export interface OutageAnswer {
  id: number;
  /** Absent while no process serves the function. */
  pid?: number;
  /** Why nothing was done. */
  error?: string;
}

/** Does what a message asks for; undefined for a message of another kind. Never rejects. */
export async function answerOutageRequest(message: unknown): Promise<OutageAnswer | undefined> {
  const { data: request } = OutageRequest.safeParse(message);
  if (!request) return undefined;
  const { id } = request;
  try {
    if (request.type === 'worker-pid') return { id, ...servingProcess(request.function) };
    const server = request.server === 'tasks' ? tasks() : runningEmulator(request.server);
    await server[request.type]();
    return { id };
  } catch (error) {
    return { id, error: (error as Error).message };
  }
}

/** The Cloud Tasks emulator as something that can be away. */
function tasks() {
  const emulator = runningEmulator('tasks');
  const { controller } = emulator;
  return {
    // Its own stop() would end the refill of what its queues may send, and start() not begin it.
    async stop() {
      clearTimeout(controller.listenId);
      await emulator.destroyServer();
    },
    async start() {
      await emulator.start();
      controller.start();
    },
  };
}

/** Not one that only starts: the emulator would wait for it until it gives up. */
function servingProcess(name: string): { pid?: number } {
  const pools: { getTriggerWorkers(id: string): Worker[] }[] = Object.values(
    runningEmulator('functions').workerPools,
  );
  const serving = loadedFunctions()
    .filter(({ definition }) => definition.name === name)
    .flatMap(({ definition }) => pools.flatMap((pool) => pool.getTriggerWorkers(definition.id)))
    .find(({ state }) => state === 'IDLE' || state === 'BUSY');
  const pid = serving?.runtime.process.pid;
  return pid === undefined ? {} : { pid };
}
