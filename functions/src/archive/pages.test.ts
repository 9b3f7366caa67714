import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentSize } from '../../../emulators/firestore/engine/document-limits.ts';
import type { Value } from '../../../emulators/firestore/engine/value.ts';
import { GROUNDING } from '../calls/events.fixture.ts';
import type { Message } from '../calls/model.ts';
import { CONVERSATION_ID } from './archive.fixture.ts';
import { anyMessages, HINDI, hindiConversation, inTurns, SMALL, said } from './pages.fixture.ts';
import { addToPages, messageSize, PAGE_LIMITS, type Pages, pageSize } from './pages.ts';

const small = (pages: Pages, arrived: readonly Message[]) => addToPages(pages, arrived, SMALL);

/** Messages cut into batches, some of which overlap. */
const anyBatches = fc
  .tuple(anyMessages, fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 6 }))
  .map(([messages, cuts]) => ({
    messages,
    batches: [...cuts.map(([from, to]) => messages.slice(from, to)), messages],
  }));

describe('addToPages', () => {
  it('keeps every message once and in order, whatever comes when', () => {
    fc.assert(
      fc.property(anyBatches, ({ messages, batches }) => {
        const pages = batches.reduce<Pages>(small, []);
        expect(pages.flat()).toEqual(inTurns(messages));
      }),
    );
  });

  it('lets no page grow over its bound, and never has fewer pages than before', () => {
    fc.assert(
      fc.property(anyBatches, ({ batches }) => {
        let pages: Pages = [];
        for (const batch of batches) {
          const before = pages.length;
          pages = small(pages, batch);
          expect(pages.length).toBeGreaterThanOrEqual(before);
          for (const page of pages) expect(pageSize(page)).toBeLessThanOrEqual(SMALL.bound);
          expect(pageSize(pages.at(-1) ?? [])).toBeLessThanOrEqual(SMALL.fill);
        }
      }),
    );
  });

  it('leaves no page empty, and fills each before it begins another', () => {
    fc.assert(
      fc.property(anyMessages, (messages) => {
        const pages = small([], messages);
        for (const [index, page] of pages.entries()) {
          const next = pages[index + 1]?.[0];
          if (next) expect(pageSize(page) + messageSize(next)).toBeGreaterThan(SMALL.fill);
          expect(page.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('answers the same pages where everything is there already', () => {
    fc.assert(
      fc.property(anyMessages, (messages) => {
        const pages = small([], messages);
        expect(small(pages, messages)).toBe(pages);
        expect(small(pages, [])).toBe(pages);
      }),
    );
  });

  it('keeps what a message said first', () => {
    const pages = small([], [said(1, 'first')]);
    expect(small(pages, [said(1, 'other words'), said(2, 'more')]).flat()).toEqual([
      said(1, 'first'),
      said(2, 'more'),
    ]);
  });

  it('changes only the page into which a late message belongs', () => {
    const pages = addToPages([], hindiConversation(1_000, { step: 2 }));
    expect(pages).toHaveLength(5);
    const late = said(500 * 2, HINDI);
    const after = addToPages(pages, [late]);
    expect(after.map((page, index) => page === pages[index])).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(after[2]).toContain(late);
  });

  it('moves on what a page can no longer hold, and only as far as there is no room', () => {
    const pages = addToPages([], hindiConversation(1_000, { step: 2 }));
    const late = hindiConversation(200, { from: 2, step: 2 });
    const after = addToPages(pages, late);
    expect(after.flat()).toEqual(inTurns([...pages.flat(), ...late]));
    expect(after.map((page, index) => page === pages[index])).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    for (const page of after) expect(pageSize(page)).toBeLessThanOrEqual(PAGE_LIMITS.bound);
  });

  it('puts a message that is larger than a page on one of its own, and ends', () => {
    const huge = said(2, 'x'.repeat(SMALL.bound));
    const pages = small([], [said(1, 'before'), huge, said(3, 'after')]);
    expect(pages).toEqual([[said(1, 'before')], [huge], [said(3, 'after')]]);
  });

  it('mends pages that hold a message twice or out of order', () => {
    fc.assert(
      fc.property(anyMessages, fc.array(fc.nat(59)), (messages, again) => {
        const doubled = again.flatMap((index) => messages[index] ?? []);
        const pages = small([messages, doubled], []);
        expect(pages.flat()).toEqual(inTurns(messages));
        for (const page of pages) expect(pageSize(page)).toBeLessThanOrEqual(SMALL.bound);
      }),
    );
  });
});

describe('pageSize', () => {
  it('is never less than what Firestore counts, in any script', () => {
    fc.assert(
      fc.property(anyMessages, (messages) => {
        expect(pageSize(messages)).toBeGreaterThanOrEqual(countedByFirestore(messages));
      }),
    );
  });

  it('counts what a reply rests on, all of its passages (I2)', () => {
    const [passage] = GROUNDING.passages ?? [];
    const passages = Array.from({ length: 20 }, () => ({ ...passage, score: 0.123 }));
    const grounded = { ...said(1, 'Out!'), grounding: { ...GROUNDING, passages } } as Message;
    expect(pageSize([grounded])).toBeGreaterThanOrEqual(countedByFirestore([grounded]));
    expect(messageSize(grounded)).toBeGreaterThan(messageSize(said(1, 'Out!')) + 20 * 40);
  });

  it('counts three bytes for a Devanagari letter', () => {
    expect(messageSize(said(1, 'आग')) - messageSize(said(1, ''))).toBe(6);
  });
});

/** The main document of a conversation, which has more fields and a shorter name than its pages. */
function countedByFirestore(messages: readonly Message[]): number {
  const text = (value: string): Value => ({ kind: 'string', value });
  const counted = (value: unknown): Value => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return { kind: 'double', value };
    if (typeof value === 'boolean') return { kind: 'boolean', value };
    if (Array.isArray(value)) return { kind: 'array', values: value.map(counted) };
    const fields = Object.entries(value as object).map(
      ([name, field]) => [name, counted(field)] as const,
    );
    return { kind: 'map', fields: new Map(fields) };
  };
  const values = messages.map(counted);
  return documentSize({
    name: `projects/p/databases/d/documents/conversations/${CONVERSATION_ID}/pages/99`,
    fields: new Map<string, Value>([
      ['call_id', text(CONVERSATION_ID)],
      ['messages', { kind: 'array', values }],
      ['archived_at', { kind: 'timestamp', nanoseconds: 0n }],
      ['total_messages', { kind: 'integer', value: 1n }],
      ['page_count', { kind: 'integer', value: 99n }],
    ]),
    createTime: 0n,
    updateTime: 0n,
  });
}
