import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOn, canBeTexted, channelAndNumber } from './channel.ts';

describe('channelAndNumber', () => {
  it.each([
    ['+15550100001', { channel: 'sms', number: '+15550100001' }],
    ['whatsapp:+919876543210', { channel: 'whatsapp', number: '+919876543210' }],
    ['WhatsApp:+919876543210', { channel: 'whatsapp', number: '+919876543210' }],
    ['rcs:+919876543210', { channel: 'other', number: '+919876543210' }],
    ['whatsapp:+266696687', { channel: 'whatsapp', number: 'anonymous' }],
    ['', { channel: 'sms', number: 'anonymous' }],
    ['AURORA', { channel: 'sms', number: 'AURORA' }],
    ['client:alice', { channel: 'sms', number: 'client:alice' }],
  ])('of %j is %j', (address, expected) => {
    expect(channelAndNumber(address)).toEqual(expected);
  });

  it('is undone by addressOn for every number that can be texted', () => {
    const digits = fc.stringMatching(/^\+1555010[0-9]{4}$/);
    fc.assert(
      fc.property(digits, fc.constantFrom('sms' as const, 'whatsapp' as const), (number, on) => {
        expect(channelAndNumber(addressOn(on, number))).toEqual({ channel: on, number });
      }),
    );
  });
});

describe('canBeTexted', () => {
  it.each([
    ['+15550100001', true],
    ['+12345', false],
    ['anonymous', false],
    ['AURORA', false],
    ['client:alice', false],
  ])('of %j is %j', (number, expected) => {
    expect(canBeTexted(number)).toBe(expected);
  });
});
