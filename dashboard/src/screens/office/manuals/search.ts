import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

const Day = z.catch(z.optional(z.iso.date()), undefined);
const Words = z.catch(z.optional(z.string()), undefined);
const Version = z.catch(z.optional(z.int().check(z.positive())), undefined);

const TABS = ['passages', 'text', 'try', 'versions'] as const;
export type Tab = (typeof TABS)[number];

/** Of the list: what is looked for, and the days for which is counted what was spoken. */
export const ManualsSearch = z.object({
  of: z.catch(z.optional(z.literal('aurora')), undefined),
  q: Words,
  state: Words,
  language: Words,
  kind: Words,
  author: Words,
  from: Day,
  to: Day,
});
export type ManualsSearch = z.infer<typeof ManualsSearch>;

/** Of one manual: what is looked at. `edit` opens its text, with this question at its end. */
export const ManualSearch = z.object({
  tab: z.catch(z.optional(z.enum(TABS)), undefined),
  version: Version,
  edit: z.catch(z.optional(z.literal(true)), undefined),
  question: Words,
  before: Version,
  after: Version,
  from: Day,
  to: Day,
});
export type ManualSearch = z.infer<typeof ManualSearch>;

/** What a new manual begins with. */
export const NewManualSearch = z.object({ question: Words, card: Words });

export const DaysSearch = z.object({ from: Day, to: Day });
export type DaysSearch = z.infer<typeof DaysSearch>;
