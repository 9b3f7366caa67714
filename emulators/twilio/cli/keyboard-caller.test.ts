import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createTestExchange } from '../test-exchange.ts';
import { keyboardCaller } from './keyboard-caller.ts';

const exchange = createTestExchange();

describe('whoever sits at the keyboard', () => {
  it('says in a conference what is typed, where an empty line is nothing', async () => {
    await exchange.startAurora({
      '/incoming-call': '<Dial><Conference beep="false">room</Conference></Dial>',
    });
    const input = new PassThrough();
    const output = new PassThrough();
    const lines = createInterface({ input, output });
    const typing = exchange.dial({ caller: keyboardCaller({ lines, output }) });
    const other = exchange.dial();
    input.write('\nThere is a fire.\n#1\n\n');
    await expect
      .poll(() => other.events.find(({ type }) => type === 'heard'))
      .toMatchObject({ text: 'There is a fire.' });
    await expect.poll(() => typing.events.find(({ type }) => type === 'keys')).toBeDefined();
    input.end();
    expect(await typing.result).toMatchObject({ endedBy: 'caller', status: 'completed' });
  });
});
