/** What a text begins with. The words are there to be replaced. */
export const GUIDE_TEMPLATE = `---
id: name-of-the-manual
title: Title that supervisors see as the source
source: Who says so, with edition and date
---

# A question, as callers would ask it

The answer, in short sentences. What stands here is spoken word for word.
`;

export const CARD_TEMPLATE = `---
id: fire
title: Title that supervisors see as the source
spoken: the danger in two or three words
urgency: CRITICAL
danger_to_helpers: yes
source: Who says so, with edition and date
---

## Steps

1. The first thing to do, in twelve words at most.
2. Call {emergency_number} from a safe place.
3. What comes next, one thing in each step.

## Ask

- A question to the caller, the most useful one first?

## Never

- What must not be done.

## If asked

### A question that callers ask?

The answer, in forty-five words at most.
`;

/** Words that a heading can have. */
const LONGEST_HEADING = 20;

/** What a caller asked, as a heading. */
export function headingOf(question: string): string {
  const words = question
    .replace(/[#<>{}`*_[\]\\|]/g, ' ')
    .trim()
    .split(/\s+/u);
  return words.slice(0, LONGEST_HEADING).join(' ');
}

/** A manual that answers this question, once somebody has written the answer. */
export function guideAbout(question: string): string {
  return GUIDE_TEMPLATE.replace('A question, as callers would ask it', () => headingOf(question));
}

/** The text with a place for the answer to this question at its end. */
export function withQuestion(text: string, question: string): string {
  return `${text.trimEnd()}\n\n# ${headingOf(question)}\n\n`;
}

/** A card that ships as the beginning of one's own: without the version and reviewer that it had. */
export function ownFrom(shipped: string): string {
  const [head = '', ...rest] = shipped.split(/\n---\n/);
  const kept = head.split('\n').filter((line) => !/^(version|reviewed_by):/.test(line));
  return [kept.join('\n'), ...rest].join('\n---\n');
}

/** As the head says: the id under which the manual is kept, such as `fire.en`. */
export function manualIdIn(text: string): string | undefined {
  const head = /^\uFEFF?---\r?\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '';
  const value = (key: string) => new RegExp(`^${key}: *(\\S.*?)\\s*$`, 'm').exec(head)?.[1];
  const id = value('id');
  return id === undefined ? undefined : `${id}.${value('language') ?? 'en'}`;
}
