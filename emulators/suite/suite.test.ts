import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Suite, startSuite } from '../../test/suite.ts';
import { createSmallProject } from './project.fixture.ts';

/** Milliseconds for a start and a few cold workers on a busy machine. */
const PATIENCE = { timeout: 90_000 };

interface About {
  pid: number;
  emergencyNumber: string;
  journal: string;
  secrets: string[];
}

const project = createSmallProject();
afterAll(project.remove);

function useSuite(options: Parameters<typeof startSuite>[0]): () => Suite {
  let suite: Suite | undefined;
  beforeAll(async () => {
    suite = await startSuite({ ...options, projectDirectory: project.directory });
  }, PATIENCE.timeout);
  afterAll(() => suite?.stop());
  return () => suite as Suite;
}

async function ask(suite: Suite, path: string): Promise<About> {
  const response = await fetch(`${suite.baseUrl}${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as About;
}

function logged(suite: Suite, line: string): Promise<void> {
  return expect.poll(() => suite.logs().join('\n'), { timeout: 30_000 }).toContain(line);
}

describe('by default', PATIENCE, () => {
  const suite = useSuite({ env: { EMERGENCY_NUMBER: '999' } });

  test('one process per function serves requests at once', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((tag) => ask(suite(), `/api/together?${tag}`)),
    );
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
  });

  test('a function sees the settings, and of the secrets only those that it declares', async () => {
    const twilio = await ask(suite(), '/incoming-call');
    expect(twilio).toMatchObject({
      emergencyNumber: '999',
      journal: `${suite().stateDir}/journal`,
      secrets: ['TWILIO_AUTH_TOKEN'],
    });
    expect((await ask(suite(), '/api/x')).secrets).toEqual(['JWT_SECRET']);
  });

  test('a write to the database reaches the function that waits for it', async () => {
    const { ports, project: id } = suite();
    const place = `http://127.0.0.1:${ports.database}/active_calls/call_1/status.json`;
    const response = await fetch(`${place}?ns=${id}-default-rtdb`, {
      method: 'PUT',
      headers: { Authorization: 'Bearer owner' },
      body: '"ENDED"',
    });
    expect(response.status).toBe(200);
    await logged(suite(), 'written call_1');
  });

  test('a task reaches its function', async () => {
    const { ports, project: id } = suite();
    const queue = `projects/${id}/locations/us-central1/queues/mirror`;
    const url = `http://127.0.0.1:${ports.functions}/${id}/us-central1/mirror`;
    const body = Buffer.from(JSON.stringify({ data: { word: 'arrived' } })).toString('base64');
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${ports.tasks}/${queue}/tasks`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ task: { httpRequest: { url, body, headers } } }),
    });
    expect(response.status).toBe(200);
    await logged(suite(), 'task arrived');
  });

  test('a schedule can be run by hand', async () => {
    await suite().tick('sweep');
    await logged(suite(), 'swept in time');
  });

  test('a client that goes away is passed on to the function, also through Hosting', async () => {
    const gone = new AbortController();
    const response = await fetch(`${suite().baseUrl}/api/stream`, { signal: gone.signal });
    await response.body?.getReader().read();
    gone.abort();
    await logged(suite(), 'the client went away');
  });

  test('the Auth emulator wakes up at the first request', async () => {
    const { ports, project: id } = suite();
    const accounts = 'identitytoolkit.googleapis.com/v1/accounts:signUp?key=any';
    const response = await fetch(`http://127.0.0.1:${ports.auth}/${accounts}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'a@example.com', password: 'password' }),
    });
    expect(await response.json()).toMatchObject({ email: 'a@example.com' });
    expect(id).toBe('demo-small');
  });
});

describe('with --isolated', PATIENCE, () => {
  const suite = useSuite({ mode: 'isolated' });

  test('each request has a process and a journal of its own', async () => {
    const answers = [
      await ask(suite(), '/incoming-call'),
      await ask(suite(), '/incoming-call'),
      await ask(suite(), '/incoming-call'),
    ];
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(3);
    expect(new Set(answers.map(({ journal }) => journal)).size).toBe(3);
    await expect.poll(() => answers.filter(({ pid }) => isRunning(pid))).toEqual([]);
  });
});

describe('with --freeze', PATIENCE, () => {
  const suite = useSuite({ mode: 'freeze' });

  test('a worker is stopped after each response, and goes on with the next request', async () => {
    const { pid } = await ask(suite(), '/incoming-call');
    await expect.poll(() => processState(pid)).toMatch(/^T/);
    expect((await ask(suite(), '/incoming-call')).pid).toBe(pid);
    await expect.poll(() => processState(pid)).toMatch(/^T/);
  });

  test('requests at once are all answered by the one worker', async () => {
    const paths = ['a', 'b', 'c'].map((tag) => `/api/together?${tag}`);
    const answers = await Promise.all(paths.map((path) => ask(suite(), path)));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
  });
});

/** As `ps` prints it: T is stopped. */
function processState(pid: number): string {
  return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
