import { describe, expect, it } from 'vitest';
import type { CallResult, Exchange } from '../../emulators/twilio/telephone.ts';
import type { ArchivedConversation } from '../../functions/src/archive/schema.ts';
import {
  formatTurnToken,
  greetingTurn,
  messageId,
  nextTurn,
} from '../../functions/src/calls/ids.ts';
import { hashOfReply } from '../../functions/src/calls/spoken.ts';
import type { Link } from '../../functions/src/webhooks/link.ts';
import { sayAndListen } from '../../functions/src/webhooks/twiml.ts';
import { differences } from './ledger.ts';

const CALL_SID = `CA${'a'.repeat(32)}`;
const GREETING = greetingTurn(CALL_SID);
const FIRST = nextTurn(CALL_SID, GREETING);
const SECOND = nextTurn(CALL_SID, FIRST);

const LINK = {
  call: 'call_15550100001_20251004_143000_aaaaaa',
  company: 'demo',
  startedAt: '2025-10-04T14:30:00+05:30',
  emergencyNumber: '112',
  urgency: 'NORMAL',
  confirmed: false,
  badlyHeard: 0,
  slow: false,
  silences: 0,
  epoch: 0,
  language: 'en-IN',
  languages: ['en-IN'],
} as const;

/** @param say what was answered; undefined where the instance died */
function exchange(turn: typeof FIRST, words: string | undefined, say?: string): Exchange {
  const path = turn === GREETING ? '/start-call' : '/process-speech';
  const link = {
    ...LINK,
    turn,
    heard: { id: messageId(turn, 'assistant'), hash: hashOfReply(say ?? '') },
  };
  return {
    purpose: 'gather',
    attempt: 1,
    parameters: words === undefined ? {} : { SpeechResult: words },
    request: { url: `http://127.0.0.1${path}?turn=${formatTurnToken(turn)}` },
    outcome:
      say === undefined
        ? { outcome: 'answered', status: 500, body: '{}' }
        : { outcome: 'answered', status: 200, body: spoken(link, say) },
  } as unknown as Exchange;
}

function spoken(link: Link, text: string): string {
  const say = [{ text, language: link.language }];
  return sayAndListen({ publicBaseUrl: 'http://127.0.0.1', link, say });
}

function call(...exchanges: Exchange[]): CallResult {
  return { callSid: CALL_SID, exchanges } as unknown as CallResult;
}

function message(
  turn: typeof FIRST,
  role: 'user' | 'assistant',
  content: string,
): ArchivedConversation['messages'][number] {
  const timestamp = LINK.startedAt;
  return { id: messageId(turn, role), role, content, timestamp, sources: '' };
}

const HEARD = [
  exchange(GREETING, undefined, 'Hello.'),
  exchange(FIRST, 'fire', 'Get out.'),
  exchange(SECOND, 'still here', 'Go & "shout".'),
];
const STORED = [
  message(GREETING, 'assistant', 'Hello.'),
  message(FIRST, 'user', 'fire'),
  message(FIRST, 'assistant', 'Get out.'),
  message(SECOND, 'user', 'still here'),
  message(SECOND, 'assistant', 'Go & "shout".'),
];

function compare(heard: CallResult, messages: typeof STORED): string[] {
  return differences(heard, { messages, total_messages: messages.length });
}

describe('what was answered and what is archived', () => {
  it('are the same where all of it is there once, in order', () => {
    expect(compare(call(...HEARD), STORED)).toEqual([]);
  });

  it.each(STORED.map((_, index) => index))('differ when message %i is lost', (index) => {
    expect(compare(call(...HEARD), STORED.toSpliced(index, 1))).not.toEqual([]);
  });

  it.each(STORED.map((_, index) => index))('differ when message %i is doubled', (index) => {
    const copy = { ...(STORED[index] as (typeof STORED)[0]), id: 'm000009-0123456789-0' };
    expect(compare(call(...HEARD), STORED.toSpliced(index, 0, copy))).not.toEqual([]);
  });

  it('differ when two messages have changed places', () => {
    const [greeting, fire, out, still, shout] = STORED as [
      (typeof STORED)[0],
      (typeof STORED)[0],
      (typeof STORED)[0],
      (typeof STORED)[0],
      (typeof STORED)[0],
    ];
    expect(compare(call(...HEARD), [greeting, still, shout, fire, out])).not.toEqual([]);
    expect(compare(call(...HEARD), [greeting, fire, still, out, shout])).not.toEqual([]);
  });

  it('differ when the total is wrong', () => {
    const stored = { messages: STORED, total_messages: STORED.length + 1 };
    expect(differences(call(...HEARD), stored)).toEqual(['total_messages is wrong']);
  });

  it('differ when the reply is not the one that was heard', () => {
    const other = STORED.with(2, message(FIRST, 'assistant', 'What has happened?'));
    expect(compare(call(...HEARD), other)).not.toEqual([]);
    const died = exchange(FIRST, 'fire');
    expect(compare(call(...HEARD, died), other), 'from a delivery that died').toEqual([]);
    const copy = exchange(FIRST, 'fire', 'What has happened?');
    expect(compare(call(...HEARD, copy), other), 'from another delivery').toEqual([]);
  });

  it('differ when a reply that the caller did not hear has no mark', () => {
    const next = exchange(SECOND, 'still here', 'Go & "shout".');
    const url = `${next.request.url}&rid=${messageId(FIRST, 'assistant')}&rh=${hashOfReply('Get out.')}`;
    const heard = call(...HEARD.slice(0, 2), exchange(FIRST, 'fire', 'What has happened?'), {
      ...next,
      request: { ...next.request, url },
    });
    const other = message(FIRST, 'assistant', 'What has happened?');
    expect(compare(heard, STORED)).toEqual([]);
    expect(compare(heard, STORED.with(2, { ...other, spoken: false }))).toEqual([]);
    expect(compare(heard, STORED.with(2, other))).not.toEqual([]);
  });

  it('differ when the caller heard safe words in place of a reply', () => {
    const safe = spoken({ ...LINK, turn: SECOND }, 'Safe words.');
    const failed = exchange(FIRST, 'fire', 'x');
    const heard = { ...failed, outcome: { ...failed.outcome, body: safe } } as Exchange;
    const stored = STORED.slice(0, 2).concat(message(FIRST, 'assistant', 'Safe words.'));
    expect(compare(call(HEARD[0] as Exchange, heard), stored)).not.toEqual([]);
  });

  it('allow words of a turn that nobody answered to be there or not', () => {
    const died = exchange(SECOND, 'still here');
    const heard = call(...HEARD.slice(0, 2), died);
    expect(compare(heard, STORED.slice(0, 3))).toEqual([]);
    expect(compare(heard, STORED.slice(0, 4))).toEqual([]);
  });
});
