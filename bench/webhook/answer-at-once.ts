import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnswerAtOnce {
  /** `127.0.0.1:<port>` */
  host: string;
  /** Tasks that hold words of the conversation, so far; steps of fetching people have their own. */
  tasksWithWords(): number;
  close(): Promise<void>;
}

/**
 * The Realtime Database and the task queue in one: an empty database that takes every write, a
 * queue that takes every task, both without delay, so that Aurora's own time is what is measured.
 */
export async function answerAtOnce(): Promise<AnswerAtOnce> {
  let tasksWithWords = 0;
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST' && holdsWords(Buffer.concat(body))) tasksWithWords += 1;
      response.writeHead(200, { 'content-type': 'application/json', etag: 'null_etag' });
      response.end('null');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    tasksWithWords: () => tasksWithWords,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function holdsWords(request: Buffer): boolean {
  const { task } = JSON.parse(request.toString());
  return Buffer.from(task.httpRequest.body, 'base64').includes('"message_added"');
}
