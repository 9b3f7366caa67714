import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SignedRequest } from '../../emulators/twilio/signed-request.ts';

const HOST = fileURLToPath(new URL('./host.ts', import.meta.url));

export interface Answer {
  status: number;
  contentType: string;
  body: string;
  /** From before the request is written until the body is whole. */
  milliseconds: number;
}

export interface Hosted {
  /** Sends the request over one kept-alive connection, to this host instead of the one it names. */
  send(signed: SignedRequest): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a handler (see host.ts) in a process of its own. */
export async function host(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Hosted> {
  const child = fork(HOST, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH, ...environment },
  });
  // Its log lines are no part of the comparison; errors are.
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      if (!line.startsWith('{"severity":"WARNING"')) console.error(line);
    });
  }
  const [port] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The handler "${args[0]}" ended with ${code} before it served.`);
    }),
  ])) as [number];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (signed) => exchange(agent, port, signed),
    async stop() {
      agent.destroy();
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

function exchange(agent: Agent, port: number, signed: SignedRequest): Promise<Answer> {
  const { method, headers, body, url } = signed;
  const { pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const outgoing = request(
      { agent, host: '127.0.0.1', port, method, headers, path: pathname + search },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body: text,
            milliseconds: performance.now() - startedAt,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
