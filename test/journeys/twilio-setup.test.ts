import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, inject, it } from 'vitest';
import { LOCAL_DEMO_NUMBER } from '../../emulators/twilio/local-account.ts';
import { scriptedCaller } from '../../emulators/twilio/telephone.ts';
import { switchboard } from './people.ts';
import { archived, callIdOf, closeClients, liveValue, telephone } from './support.ts';

const suite = inject('suite');

afterAll(closeClients);

const COMMAND = join(import.meta.dirname, '../../emulators/suite/twilio-command.ts');

/** `npm run twilio`, for the suite that runs. */
function twilio(...args: string[]) {
  const env = {
    ...process.env,
    AURORA_HOSTING_PORT: String(suite.ports.hosting),
    AURORA_TWILIO_PORT: String(suite.ports.twilio),
  };
  return new Promise<{ code: number; out: string; notes: string }>((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], { env }, (error, out, notes) => {
      resolve({ code: error ? Number(error.code) : 0, out, notes });
    });
  });
}

it('a number is pointed at Aurora by one command, and its calls are answered there', async () => {
  const known = Object.keys((await liveValue(suite, 'active_calls')) ?? {});
  const setUp = await twilio('setup', '--number', LOCAL_DEMO_NUMBER);
  expect(setUp).toMatchObject({ code: 0, out: expect.stringContaining('of company demo') });
  // The test requests have begun no call (I7).
  const live = Object.keys((await liveValue(suite, 'active_calls')) ?? {});
  expect(live.filter((id) => !known.includes(id))).toEqual([]);
  const number = ['check', '--number', LOCAL_DEMO_NUMBER];
  expect(await twilio(...number)).toMatchObject({
    code: 0,
    out: `${LOCAL_DEMO_NUMBER}  in order\n`,
  });

  const { line, close } = await switchboard(suite);
  const call = await telephone(suite, {
    switchboard: line,
    caller: scriptedCaller(['there is a fire']),
  });
  close();
  expect(call.faults).toEqual([]);
  expect(call.said.join(' ')).toContain('112');
  await archived(suite, callIdOf(call), 3);
});
