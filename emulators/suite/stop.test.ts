import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { findFreePorts, HOST, type Ports, refuseTakenPorts, SERVERS } from './ports.ts';
import { createSmallProject } from './project.fixture.ts';

const PATIENCE = { timeout: 90_000 };
const LAUNCHER = path.resolve(import.meta.dirname, '../suite.ts');

const project = createSmallProject();
afterAll(project.remove);

const READY = /^Aurora is ready/;

test.each([
  ['when it has just begun', 'SIGINT', /^Starting the local suite/],
  ['while it starts its servers', 'SIGTERM', /Starting emulators/],
  ['while the functions are being read', 'SIGINT', /Writing functions discovery manifest/],
  ['while the first workers start', 'SIGTERM', /addWorker/],
] as const)('stopped %s by %s, it leaves nothing behind', PATIENCE, async (_, signal, stage) => {
  const { child, ports, line } = await launch('--verbose');
  await line(stage);
  child.kill(signal);
  expect(await exitCode(child)).toBe(0);
  await expectNothingLeft(child, ports);
});

describe('the suite', PATIENCE, () => {
  test('keeps what was written, and is stopped once by a signal that comes twice', async () => {
    const state = temporaryFolder();
    const first = await launch('--state', state);
    await first.line(READY);
    await expectNoneListensElsewhere(first.ports);
    const headers = { Authorization: 'Bearer owner' };
    const placeAt = ({ database }: Ports) =>
      `http://${HOST}:${database}/kept.json?ns=demo-small-default-rtdb`;
    await fetch(placeAt(first.ports), { method: 'PUT', headers, body: '"yes"' });
    // npm and the terminal both deliver Ctrl-C.
    first.child.kill('SIGINT');
    first.child.kill('SIGINT');
    expect(await exitCode(first.child)).toBe(0);
    await expectNothingLeft(first.child, first.ports);
    const file = path.join(state, 'realtime-database.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      'demo-small-default-rtdb': { kept: 'yes', admin_state: { admin_demo: { disabled: false } } },
    });

    const second = await launch('--state', state);
    await second.line(READY);
    expect(await (await fetch(placeAt(second.ports), { headers })).json()).toBe('yes');
    // Nothing can tidy up after SIGKILL: the workers see for themselves that they are alone.
    second.child.kill('SIGKILL');
    await exitCode(second.child);
    await expect.poll(() => isGroupRunning(second.child), { timeout: 10_000 }).toBe(false);
  });

  test('stops, with its frozen workers, when the process that forked it goes away', async () => {
    const { child, ports, line } = await launch('--freeze');
    await line(READY);
    child.disconnect();
    await exitCode(child);
    await expectNothingLeft(child, ports);
  });

  test('names a taken port before it starts anything', async () => {
    const ports = await findFreePorts();
    const rival = createServer();
    onTestFinished(() => void rival.close());
    await new Promise<void>((resolve) => rival.listen(ports.hosting, HOST, resolve));
    const { child, output } = await launchOn(ports);
    expect(await exitCode(child)).toBe(1);
    expect(output()).toMatch(
      new RegExp(`Port ${ports.hosting} is taken, and Hosting wants it.*AURORA_HOSTING_PORT=`),
    );
  });
});

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** No server answers on any other address of this machine. */
async function expectNoneListensElsewhere(ports: Ports): Promise<void> {
  const others = Object.values(networkInterfaces()).flat();
  const addresses = others.map((other) => other?.address ?? '').filter((one) => one !== HOST);
  for (const host of addresses) {
    for (const port of Object.values(ports)) {
      await expect(canConnect(host, port), `${host}:${port}`).resolves.toBe(false);
    }
  }
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Every descendant is in the group that a detached process leads. */
async function expectNothingLeft(child: ChildProcess, ports: Ports): Promise<void> {
  expect(isGroupRunning(child)).toBe(false);
  await refuseTakenPorts(ports);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`aurora-${child.pid}-`))).toEqual(
    [],
  );
}

function isGroupRunning({ pid = 0 }: ChildProcess): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

async function launch(...flags: string[]) {
  return launchOn(await findFreePorts(), ...flags);
}

async function launchOn(ports: Ports, ...flags: string[]) {
  const { NODE_ENV: _, VITEST: __, NODE_OPTIONS: ___, ...environment } = process.env;
  for (const [name, port] of Object.entries(ports)) {
    environment[SERVERS[name as keyof Ports].variable] = String(port);
  }
  const state = flags.includes('--state') ? [] : ['--state', temporaryFolder()];
  const child = fork(LAUNCHER, ['--project', project.directory, ...state, ...flags], {
    env: environment,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  onTestFinished(() => {
    if (isGroupRunning(child)) process.kill(-(child.pid as number), 'SIGKILL');
  });
  const lines: string[] = [];
  const waiting: { pattern: RegExp; resolve(): void }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface(stream).on('line', (text) => {
      lines.push(text);
      for (const { pattern, resolve } of waiting) if (pattern.test(text)) resolve();
    });
  }
  return {
    child,
    ports,
    output: () => lines.join('\n'),
    /** Resolves when such a line has been printed. @throws with the output when it never will be */
    line: (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ pattern, resolve });
        if (lines.some((text) => pattern.test(text))) resolve();
        child.once('exit', () => reject(new Error(`It ended:\n${lines.join('\n')}`)));
      }),
  };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'suite-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
