import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { EmulatorInstance } from './emulator-types.ts';
import { HOST } from './ports.ts';

/**
 * The official Auth emulator, started in a thread by the first request to its port: it needs 6 s
 * of computing before it listens, and Aurora signs its supervisors in by itself.
 * Differs from the emulator as it is: that first request waits for those seconds.
 * @param folder where the thread's socket is put
 */
export function createAuthEmulator(
  project: string,
  port: number,
  folder: string,
): EmulatorInstance {
  const socketPath = path.join(folder, 'auth.sock');
  const clients = new Set<Socket>();
  let thread: Worker | undefined;
  let listening: Promise<void> | undefined;

  function wake(): Promise<void> {
    thread = new Worker(new URL('./auth-thread.ts', import.meta.url), {
      workerData: { project, socketPath },
    });
    const started = thread;
    return new Promise((resolve, reject) => {
      started.once('message', () => resolve());
      started.once('error', reject);
    });
  }

  const server = createServer((client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    // A mere connection is somebody who looks whether the port is in use.
    client.once('readable', async () => {
      if (client.readableLength === 0) return void client.end();
      listening ??= wake();
      try {
        await listening;
      } catch {
        return void client.destroy();
      }
      pipeline(client, connect(socketPath), client, () => client.destroy());
    });
  });

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, HOST, resolve);
      }),
    connect: async () => {},
    async stop() {
      server.close();
      for (const client of clients) client.destroy();
      await thread?.terminate();
    },
    getInfo: () => ({ name: 'auth', host: HOST, port }),
    getName: () => 'auth',
  };
}
