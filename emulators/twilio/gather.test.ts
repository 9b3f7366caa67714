import { describe, expect, it } from 'vitest';
import type { CallerAction, Gather } from './caller.ts';
import { hear, readGather, resolveUrl } from './gather.ts';
import type { Verb } from './twiml-rules.ts';

const verb = (attributes: Record<string, string>): Verb => ({
  name: 'Gather',
  attributes,
  text: '',
  nested: [],
  nouns: [],
});

function gather(attributes: Record<string, string>, prompts: string[] = []): Gather {
  const read = readGather(verb(attributes), prompts, 'http://h/a?x=1#rc=2');
  if ('fault' in read) throw new Error(read.fault.message);
  return read.gather;
}
const heard = (attributes: Record<string, string>, action: CallerAction, prompts?: string[]) =>
  hear(gather(attributes, prompts), action);

describe('a Gather', () => {
  it("has Twilio's defaults", () => {
    expect(gather({})).toEqual({
      prompts: [],
      input: ['dtmf'],
      timeoutInSeconds: 5,
      speechTimeout: 5,
      numDigits: null,
      finishOnKey: '#',
      hints: [],
      language: 'en-US',
      bargeIn: true,
      actionOnEmptyResult: false,
      action: 'http://h/a?x=1#rc=2',
      method: 'POST',
    });
  });

  it('takes what the document says', () => {
    const attributes = {
      input: 'speech dtmf',
      timeout: '8',
      speechTimeout: 'auto',
      numDigits: '1',
      finishOnKey: '',
      hints: 'fire, gas leak',
      action: 'b?turn=2',
      method: 'GET',
      bargeIn: 'false',
      actionOnEmptyResult: 'true',
    };
    expect(gather(attributes)).toMatchObject({
      input: ['dtmf', 'speech'],
      timeoutInSeconds: 8,
      speechTimeout: 'auto',
      numDigits: 1,
      finishOnKey: '',
      hints: ['fire', 'gas leak'],
      action: 'http://h/b?turn=2',
      method: 'GET',
      bargeIn: false,
      actionOnEmptyResult: true,
    });
  });

  it.each([{}, { action: '/relative' }] as Record<string, string>[])(
    'needs an absolute action where the document came over REST',
    (attributes) => {
      expect(readGather(verb(attributes), [], undefined)).toMatchObject({
        fault: { kind: 'invalid-url', code: 11100, severity: 'error' },
      });
    },
  );
});

describe('what Twilio hears', () => {
  const both = { input: 'dtmf speech' };

  it('is words with their confidence', () => {
    expect(heard(both, { say: 'fire' })).toEqual({ kind: 'speech', text: 'fire', confidence: 0.9 });
    expect(heard(both, { say: 'fire', confidence: 0.2 })).toMatchObject({ confidence: 0.2 });
    expect(heard(both, { say: 'fire', confidence: null })).toMatchObject({ confidence: null });
  });

  it('is something else where it listens for another language', () => {
    const misheard = heard({ ...both, language: 'en-IN' }, { say: 'आग लगी है' });
    expect(misheard).toMatchObject({ kind: 'speech', spoken: 'आग लगी है' });
    expect(misheard).not.toMatchObject({ text: 'आग लगी है' });
    const unsure = { say: 'aag lagi hai', language: 'hi-IN', confidence: null };
    expect(heard(both, unsure)).toMatchObject({ confidence: null, spoken: 'aag lagi hai' });
    expect(heard({ ...both, language: 'hi-IN' }, unsure)).toMatchObject({ text: 'aag lagi hai' });
  });

  it('is nothing where it listens for something else', () => {
    expect(heard({}, { say: 'fire' })).toMatchObject({
      kind: 'nothing',
      unheard: expect.stringContaining('keys only'),
    });
    expect(heard({ input: 'speech' }, { keys: '1' })).toMatchObject({
      kind: 'nothing',
      unheard: expect.stringContaining('speech only'),
    });
    expect(heard(both, { say: ' ' })).toEqual({ kind: 'nothing' });
    expect(heard(both, { silent: true })).toEqual({ kind: 'nothing' });
  });

  it('is what the caller says over the prompt, unless that is switched off', () => {
    const over = { say: 'fire', bargeIn: true };
    expect(heard(both, over, ['Hello'])).toMatchObject({ kind: 'speech' });
    const deaf = { ...both, bargeIn: 'false' };
    expect(heard(deaf, over, ['Hello'])).toMatchObject({
      kind: 'nothing',
      unheard: expect.stringContaining('bargeIn'),
    });
    expect(heard(deaf, over, [])).toMatchObject({ kind: 'speech' });
    expect(heard(deaf, { say: 'fire' }, ['Hello'])).toMatchObject({ kind: 'speech' });
  });

  it.each([
    ['1', {}, { digits: '1', finishedOnKey: '', waited: true }],
    ['12#34', {}, { digits: '12', finishedOnKey: '#', waited: false }],
    ['1234', { numDigits: '2' }, { digits: '12', finishedOnKey: '', waited: false }],
    ['1*', { finishOnKey: '*#' }, { digits: '1', finishedOnKey: '*', waited: false }],
    ['1#', { finishOnKey: '' }, { digits: '1#', finishedOnKey: '', waited: true }],
    ['1', { numDigits: '1' }, { digits: '1', finishedOnKey: '', waited: false }],
  ])('is keys up to their number or the last key: %s', (keys, attributes, expected) => {
    expect(heard(attributes, { keys })).toEqual({ kind: 'digits', ...expected });
  });

  it('is nothing where only the last key was pressed', () => {
    expect(heard({}, { keys: '#' })).toEqual({ kind: 'nothing' });
  });

  it('is the end of the call', () => {
    expect(heard({}, { hangUp: true })).toEqual({ kind: 'hung-up' });
  });
});

describe('a URL in a document', () => {
  it.each([
    ["http://x/%27it's?a=ü", undefined, "http://x/%27it's?a=ü"],
    ['/b', 'http://h/a/c?d#e', 'http://h/b'],
    ['b?c=1', 'http://h/a/c', 'http://h/a/b?c=1'],
    ['', 'http://h/a', 'http://h/a'],
    ['/b', undefined, undefined],
    ['http://', 'http://h/a', undefined],
  ])('%s relative to %s is %s', (reference, base, resolved) => {
    expect(resolveUrl(reference, base)).toBe(resolved);
  });
});
