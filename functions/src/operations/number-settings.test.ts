import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, settingsFor, takenFromOthers } from './number-settings.ts';

const BASE = 'https://plant.web.app';
const needs = settingsFor(BASE);
const othersOf = (has: Partial<typeof needs>) =>
  takenFromOthers(differences({ ...needs, ...has }, needs), BASE).map(({ name }) => name);

describe("a number's settings", () => {
  it('have Twilio try each webhook again, also where it answers 5xx', () => {
    for (const url of [needs.voiceUrl, needs.statusCallback, needs.smsUrl]) {
      expect(url).toMatch(/^https:\/\/plant\.web\.app\/[a-z-]+#rc=[1-5]&rp=ct,rt,5xx&rt=[0-9]+$/);
    }
  });

  it('leave two attempts within the 15 s in which Twilio wants an answer', () => {
    const [, rc, rt] = /rc=([0-9]+).*rt=([0-9]+)/.exec(needs.voiceUrl) ?? [];
    expect((Number(rc) + 1) * Number(rt)).toBeLessThanOrEqual(15_000);
  });

  it('have the fallbacks fetched by GET: a static document takes no POST (I8)', () => {
    expect([needs.voiceFallbackMethod, needs.smsFallbackMethod]).toEqual(['GET', 'GET']);
    expect(needs.voiceFallbackUrl).toBe('https://plant.web.app/twilio-fallback.xml');
  });

  it('differ in exactly what was changed', () => {
    const names = Object.keys(needs) as (keyof typeof needs)[];
    fc.assert(
      fc.property(fc.subarray(names), (changed) => {
        const has = { ...needs };
        for (const name of changed) has[name] = `not ${needs[name]}`;
        expect(differences(has, needs).map(({ name }) => name)).toEqual(changed);
      }),
    );
  });
});

describe('a number belongs to somebody else where', () => {
  it.each([
    ['another server answers its calls', { voiceUrl: 'https://other.example/voice' }],
    ['another server is told of its calls', { statusCallback: 'https://other.example/log' }],
    ['a server whose name begins like ours', { smsUrl: 'https://plant.web.app.evil.example/x' }],
    ['an app has it', { voiceApplicationSid: `AP${'1'.repeat(32)}` }],
    ['a trunk has it', { trunkSid: `TK${'1'.repeat(32)}` }],
  ])('%s', (_, has) => {
    expect(othersOf(has)).toEqual(Object.keys(has));
  });

  it.each([
    ['it is new', { voiceUrl: 'https://demo.twilio.com/welcome/voice/', smsUrl: '' }],
    ['its overrides are old', { voiceUrl: `${BASE}/incoming-call#rc=2` }],
    ['its method is another', { voiceMethod: 'GET' }],
    ['it was ours under another path', { voiceUrl: `${BASE}/voice` }],
  ])('but not where %s', (_, has) => {
    expect(othersOf(has)).toEqual([]);
  });
});
