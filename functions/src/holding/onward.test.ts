import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../emulators/twilio/voice-document.ts';
import { at, CALL_ID, CALL_SID, owned, STARTED } from '../calls/events.fixture.ts';
import { messageId } from '../calls/ids.ts';
import type { CallEvent } from '../calls/model.ts';
import { type CallState, reduce } from '../calls/reduce.ts';
import { instant } from '../calls/times.ts';
import { type Link, readLink } from '../webhooks/link.ts';
import { LONGEST_TWIML, onward } from './onward.ts';

const BASE = 'https://aurora.example';
const now = instant(at(10));

const offered: Link = {
  call: CALL_ID,
  company: 'demo',
  startedAt: at(0),
  emergencyNumber: '112',
  turn: { n: 3, random: 'abcdef0123' },
  urgency: 'CRITICAL',
  hazard: 'fire',
  step: 1,
  confirmed: false,
  badlyHeard: 0,
  slow: false,
  silences: 2,
  epoch: 0,
  language: 'en-IN',
  languages: ['en-IN', 'hi-IN'],
};
const turn = { n: 3, random: '0123abcdef' };

function written(n: number, content: string): CallEvent {
  const id = messageId({ n, random: `key${n}` }, 'admin');
  const message = { id, role: 'admin' as const, content, timestamp: at(n), sources: '' };
  return { type: 'message_added', call_id: CALL_ID, message };
}

function stateOf(...events: CallEvent[]): CallState {
  return reduce({}, [{ ...STARTED, call_sid: CALL_SID }, ...events]);
}

const sent = (state: CallState, from = offered) =>
  onward({ publicBaseUrl: BASE, state, offered: from, turn, now });

describe('where a caller is sent on to', () => {
  it('is the hold, where a supervisor has the call: they hear it at once', () => {
    const { twiml, link } = sent(stateOf(owned(1, 0, 'admin_a')));
    expect(twiml).toContain(
      '<Say language="en-IN" voice="Polly.Aditi">A supervisor has taken over',
    );
    expect(link).toMatchObject({ turn, epoch: 1, sent: true, hazard: 'fire', step: 1 });
    expect(link.heldUntil).toBe(instant(at(45)) / 1_000);
    expect(link.resumes).toBeUndefined();
  });

  it('is a turn of Aurora’s, where she has it again: she takes up her words', () => {
    const held = { ...offered, epoch: 1, heldUntil: 1_759_568_400 };
    const { twiml, link } = sent(stateOf(owned(1, 0, 'admin_a'), owned(2, 5)), held);
    expect(twiml).toContain('<Response><Redirect method="POST">https://aurora.example/process');
    expect(link).toMatchObject({ epoch: 2, resumes: true, hazard: 'fire', step: 1 });
    expect(link.heldUntil).toBeUndefined();
  });

  it('is told nothing twice of who has the call, from one supervisor to another', () => {
    const held = { ...offered, epoch: 1, heldUntil: 1_759_568_400 };
    expect(sent(stateOf(owned(2, 0, 'admin_b')), held).twiml).not.toContain('<Say');
  });

  it('fits into a request of Twilio’s with absolute addresses, whatever was written (I2, I8)', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1_000 }),
      fc.constantFrom('&'.repeat(1_000), 'आग '.repeat(300), '<Hangup/>', 'a'.repeat(1_000)),
    );
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 7 }), fc.boolean(), (texts, isHeld) => {
        const messages = texts.map((content, n) => written(n, content));
        const owner = isHeld ? [owned(1, 0, 'admin_a')] : [];
        const { twiml, link } = sent(stateOf(...owner, ...messages));
        expect(twiml.length).toBeLessThanOrEqual(LONGEST_TWIML);
        const read = readDocument(twiml, undefined);
        expect('fault' in read ? read.fault : undefined).toBeUndefined();
        const addresses = [...twiml.matchAll(/(?:action="|<Redirect[^>]*>)([^"<]+)/g)];
        expect(addresses.length).toBeGreaterThan(0);
        for (const [, address = ''] of addresses) {
          const { origin, search } = new URL(address.replaceAll('&amp;', '&'));
          expect(origin).toBe(BASE);
          expect(readLink(new URLSearchParams(search))).toMatchObject({ call: CALL_ID, turn });
        }
        // What the document does not tell is still waiting.
        expect((link.told ?? []).length).toBeLessThanOrEqual(5);
        for (const id of link.told ?? []) expect(texts[Number(id.slice(1, 7))]).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });

  it('tells a long message in Hindi whole, in pieces that a voice takes', () => {
    const content = 'सीढ़ियों से नीचे आओ और दरवाज़ा बंद करो '.repeat(25).trim();
    const { twiml } = sent(stateOf(owned(1, 0, 'admin_a'), written(2, content)));
    const said = [...twiml.matchAll(/<Say[^>]*>([^<]*)</g)].map(([, words]) => words).join(' ');
    expect(said).toContain('Your supervisor says:');
    expect(said.replace(/\s+/g, ' ')).toContain(content);
  });
});
