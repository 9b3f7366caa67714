import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnswerAtOnce {
  /** `127.0.0.1:<port>` */
  host: string;
  /** Requests to create a task, so far. */
  tasks(): number;
  close(): Promise<void>;
}

/**
 * The Realtime Database and the task queue in one: an empty database that takes every write, a
 * queue that takes every task, both without delay, so that Aurora's own time is what is measured.
 */
export async function answerAtOnce(): Promise<AnswerAtOnce> {
  let tasks = 0;
  const server = createServer((request, response) => {
    if (request.method === 'POST') tasks += 1;
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', etag: 'null_etag' });
      response.end('null');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    tasks: () => tasks,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
