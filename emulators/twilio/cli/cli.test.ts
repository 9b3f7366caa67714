import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readArguments } from './arguments.ts';
import { parseScenario, parseTypedLine } from './script-lines.ts';
import { printable, wrap } from './terminal-text.ts';

describe('a typed line', () => {
  it.each([
    ['there is a fire', { say: 'there is a fire' }],
    ['#1', { keys: '1' }],
    ['/12', { keys: '12' }],
    ['/#', { keys: '#' }],
    ['#1 is burning', { say: '#1 is burning' }],
    ['  ', { silent: true }],
  ])('%s', (line, action) => {
    expect(parseTypedLine(line)).toEqual(action);
  });

  it('is heard as well as it is told', () => {
    expect(parseTypedLine('fire', 0.3)).toEqual({ say: 'fire', confidence: 0.3 });
    expect(parseTypedLine('#1', 0.3)).toEqual({ keys: '1' });
  });
});

describe('a scenario', () => {
  it('is one typed line per line', () => {
    expect(parseScenario('a.txt', '// a fire\nfire\n#1\n\nnobody hurt\n')).toEqual({
      script: [{ say: 'fire' }, { keys: '1' }, { silent: true }, { say: 'nobody hurt' }],
    });
  });

  it('is JSON with lines and actions', () => {
    const text = JSON.stringify({
      from: 'anonymous',
      script: ['fire', { say: 'x', confidence: 0.2, bargeIn: true }, { hangUp: true }],
    });
    expect(parseScenario('a.json', text)).toEqual({
      from: 'anonymous',
      script: [{ say: 'fire' }, { say: 'x', confidence: 0.2, bargeIn: true }, { hangUp: true }],
    });
    expect(parseScenario('a.json', '["fire"]')).toEqual({ script: [{ say: 'fire' }] });
    const hindi = { say: 'aag lagi hai', language: 'hi-IN' };
    expect(parseScenario('a.json', JSON.stringify([hindi]))).toEqual({ script: [hindi] });
  });

  it.each(['{', '{}', '[1]', '[{"say":"x","loud":true}]', '[{"say":"x","confidence":2}]'])(
    'says what it must look like: %s',
    (text) => {
      expect(() => parseScenario('a.json', text)).toThrow(/^a\.json (is not JSON|must be)/);
    },
  );
});

describe('the command line', () => {
  const read = (...args: string[]) => readArguments(args, {});

  it('has the local defaults', () => {
    expect(read()).toEqual({
      baseUrl: 'http://127.0.0.1:5000',
      restUrl: 'http://127.0.0.1:4010',
      accountSid: 'AC00000000000000000000000000000000',
      authToken: 'local-twilio-auth-token',
      from: '+15550100001',
      to: '+15550100002',
      script: undefined,
      sms: undefined,
      confidence: undefined,
      sttLanguage: undefined,
      chaosSeed: undefined,
      fast: false,
      verbose: false,
      help: false,
    });
  });

  it('takes several text messages, and what comes with each', () => {
    const texts = ['--sms', 'look', '--media', 'image/jpeg', '--sms', 'hall 3'];
    expect(read(...texts).sms).toEqual([
      { body: 'look', media: ['image/jpeg'] },
      { body: 'hall 3', media: [] },
    ]);
    expect(() => read('--media', 'image/jpeg', '--sms', 'look')).toThrow('put it after its --sms');
  });

  it('takes account, address and port from the environment', () => {
    const environment = {
      AURORA_URL: 'https://aurora.example/',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'secret',
      AURORA_TWILIO_PORT: '4999',
    };
    expect(readArguments([], environment)).toMatchObject({
      baseUrl: 'https://aurora.example',
      restUrl: 'http://127.0.0.1:4999',
      accountSid: 'AC1',
      authToken: 'secret',
    });
  });

  it('finds a suite that runs on another port', () => {
    const environment = { AURORA_HOSTING_PORT: '5999' };
    expect(readArguments([], environment).baseUrl).toBe('http://127.0.0.1:5999');
  });

  it('keeps words, keys and silence in their order', () => {
    const args = [
      '--say',
      'fire',
      '--silent',
      '--keys',
      '1',
      '--say',
      'bye',
      '--confidence',
      '0.3',
    ];
    expect(read(...args).script).toEqual([
      { say: 'fire', confidence: 0.3 },
      { silent: true },
      { keys: '1' },
      { say: 'bye', confidence: 0.3 },
    ]);
    expect(read('--silent').script).toBe('silent');
  });

  it('takes the language that is spoken', () => {
    expect(read('--stt-lang', 'hi-IN').sttLanguage).toBe('hi-IN');
  });

  it('takes a seed for chaos, or finds one', () => {
    expect(read('--chaos', '42', '--fast')).toMatchObject({ chaosSeed: 42, fast: true });
    expect(read('--chaos', '--fast').chaosSeed).toEqual(expect.any(Number));
    expect(read('--chaos').chaosSeed).toEqual(expect.any(Number));
  });

  it('takes a caller without a number', () => {
    expect(read('--from', '').from).toBe('');
    expect(read('--from', 'anonymous', '--to', '+15550100003')).toMatchObject({
      from: 'anonymous',
      to: '+15550100003',
    });
  });

  it('reads a scenario, whose numbers yield to those on the line', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'aurora-scenario-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'call.json');
    await writeFile(file, '{ "from": "anonymous", "to": "+15550100003", "script": ["fire"] }');
    expect(read('--scenario', file, '--from', 'client:x')).toMatchObject({
      from: 'client:x',
      to: '+15550100003',
      script: [{ say: 'fire' }],
    });
  });

  it.each([
    [['--confidence', '2'], '--confidence must be'],
    [['--stt-lang', 'Hindi!'], '--stt-lang takes'],
    [['--url', 'aurora'], '--url must be'],
    [['--keys', 'one'], '--keys takes'],
    [['--scenario', '/no/such/file.txt'], "can't be read"],
    [['--scenario', 'a.txt', '--say', 'x'], '--scenario says everything'],
    [['--shout', 'x'], "Unknown option '--shout'"],
  ])('refuses %s', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});

describe('text on a terminal', () => {
  it('can neither move the cursor nor turn the line around', () => {
    expect(printable('a\u001b[2Jb\u202ec\u009b\u0007\r\nd\te')).toBe(
      'a\\u{1b}[2Jb\\u{202e}c\\u{9b}\\u{07} d e',
    );
    expect(printable('तेल गिरा है, naïve 👷')).toBe('तेल गिरा है, naïve 👷');
  });

  it('is wrapped at spaces', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
    expect(wrap('', 4)).toEqual(['']);
  });
});
