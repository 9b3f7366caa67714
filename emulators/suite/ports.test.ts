import { createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { choosePorts, findFreePorts, HOST, refuseTakenPorts, SERVERS } from './ports.ts';

describe('choosePorts', () => {
  test('takes the official defaults when nothing else is said', () => {
    expect(choosePorts({}, {})).toEqual({
      hosting: 5000,
      functions: 5001,
      firestore: 8080,
      database: 9000,
      auth: 9099,
      tasks: 9499,
      eventarc: 9299,
      logging: 4500,
      hub: 4400,
      twilio: 4010,
    });
  });

  test('prefers an environment variable to firebase.json, and that to the default', () => {
    const configured = { hosting: { port: 6000 }, functions: { port: 6001 } };
    const ports = choosePorts({ AURORA_HOSTING_PORT: '7000' }, configured);
    expect(ports).toMatchObject({ hosting: 7000, functions: 6001, firestore: 8080 });
  });

  test('treats an empty variable as absent', () => {
    expect(choosePorts({ AURORA_HUB_PORT: '' }, {}).hub).toBe(4400);
  });

  test.each(['0', '65536', '-1', '80.5', 'http', ' '])('refuses %j as a port by name', (text) => {
    expect(() => choosePorts({ AURORA_TASKS_PORT: text }, {})).toThrow(/AURORA_TASKS_PORT/);
  });

  test('refuses one port for two servers, and names both', () => {
    expect(() => choosePorts({ AURORA_AUTH_PORT: '9000' }, {})).toThrow(
      'Realtime Database and Auth both want port 9000: set AURORA_AUTH_PORT to another one.',
    );
  });

  test('gives every server the port of its variable', () => {
    const names = Object.keys(SERVERS) as (keyof typeof SERVERS)[];
    const distinctPorts = fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), {
      minLength: names.length,
      maxLength: names.length,
    });
    fc.assert(
      fc.property(distinctPorts, (wanted) => {
        const pairs = names.map((name, index) => [name, wanted[index]] as const);
        const environment = pairs.map(([name, port]) => [SERVERS[name].variable, String(port)]);
        expect(choosePorts(Object.fromEntries(environment), {})).toEqual(Object.fromEntries(pairs));
      }),
    );
  });
});

describe('refuseTakenPorts', () => {
  test('names the port, who wants it, and the variable that changes it', async () => {
    const ports = await findFreePorts();
    ports.twilio = await takePort();
    await expect(refuseTakenPorts(ports)).rejects.toThrow(
      new RegExp(
        `Port ${ports.twilio} is taken, and the telephone .*wants it.*AURORA_TWILIO_PORT=\\d+`,
      ),
    );
  });

  test('names all that are taken at once', async () => {
    const ports = await findFreePorts();
    ports.hosting = await takePort();
    ports.hub = await takePort();
    await expect(refuseTakenPorts(ports)).rejects.toThrow(
      /AURORA_HOSTING_PORT.*\n.*AURORA_HUB_PORT/,
    );
  });

  test('lets free ports pass', async () => {
    await refuseTakenPorts(await findFreePorts());
  });
});

describe('findFreePorts', () => {
  test('gives each server another port, out of reach of outgoing connections', async () => {
    const ports = Object.values(await findFreePorts());
    expect(new Set(ports).size).toBe(Object.keys(SERVERS).length);
    for (const port of ports) expect(port).toBeLessThan(30_000);
  });

  test('passes over a port that is taken', async () => {
    const taken = await takePort(10_000 + Math.floor(0.25 * 20_000));
    const numbers = [0.25, ...Array.from({ length: 20 }, (_, index) => 0.3 + index / 100)];
    const ports = await findFreePorts(() => numbers.shift() ?? Math.random());
    expect(Object.values(ports)).not.toContain(taken);
  });
});

async function takePort(port = 0): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve, reject) => {
    // Taken by another program is as good.
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve() : reject(error),
    );
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
