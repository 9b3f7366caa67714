import fc from 'fast-check';
import { at } from '../calls/events.fixture.ts';
import { messageId } from '../calls/ids.ts';
import type { Message } from '../calls/model.ts';

/** Small pages, so that few messages fill several. */
export const SMALL = { fill: 2_000, bound: 3_000 };

/** About 3 kB in UTF-8, three bytes a letter. */
export const HINDI = 'आग लग गई है और धुआँ बहुत है, बाहर का रास्ता बंद है। '.repeat(24);

/** Said in turn n, and within the first minute of the call. */
export function said(n: number, content: string): Message {
  const id = messageId({ n, random: 'abcdef0123' }, 'user');
  return { id, role: 'user', content, timestamp: at(Math.min(n, 60)), sources: '' };
}

/** `count` messages of turns `from`, `from + step`, …; each of about 3 kB. */
export function hindiConversation(count: number, { from = 1, step = 1 } = {}): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index * step;
    return said(n, `${n} ${HINDI}`);
  });
}

/** Up to 60 messages of different turns, each smaller than a small page, in any order. */
export const anyMessages = fc
  .uniqueArray(
    fc.record({ n: fc.nat({ max: 500 }), content: fc.string({ unit: 'grapheme', maxLength: 60 }) }),
    { selector: ({ n }) => n, maxLength: 60 },
  )
  .map((parts) => parts.map(({ n, content }) => said(n, content)));

export function inTurns(messages: readonly Message[]): Message[] {
  return [...messages].sort((a, b) => (a.id < b.id ? -1 : 1));
}
