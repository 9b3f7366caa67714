import type { CallView } from '../../api/types.ts';

type Entry = CallView['timeline'][number];

export interface Paged {
  adminId: string;
  /** In the order in which they were sent. */
  pages: { id: string; at: string; channel: string | undefined; failed: string | undefined }[];
  answer: 'none' | 'accepted' | 'passed_on' | 'unanswered' | 'failed';
  /** When they answered, or were found not to have. */
  answeredAt: string | undefined;
}

/** How people are being fetched for a call, from the newest time that they were. */
export interface PeopleOnCall {
  raised: { at: string; reason: string | undefined; by: string | undefined } | undefined;
  people: Paged[];
  /** Who has accepted and is expected. */
  accepted: string | undefined;
  closed: { at: string; reason: string | undefined } | undefined;
  /** From 1; the place in the chain that was reached last, and when. */
  step: { place: number; at: string } | undefined;
}

const ANSWERS = { page_accepted: 'accepted', page_passed_on: 'passed_on' } as const;

/** The timeline's entries about pages as a story of each person. Pure; undefined where nobody was fetched. */
export function peopleOnCall(timeline: readonly Entry[]): PeopleOnCall | undefined {
  let told: PeopleOnCall | undefined;
  for (const entry of timeline) {
    if (!entry.step.startsWith('page_')) continue;
    if (entry.step === 'page_raised' && (told === undefined || told.closed)) told = undefined;
    told = withEntry(told ?? NOBODY, entry);
  }
  return told;
}

const NOBODY: PeopleOnCall = {
  raised: undefined,
  people: [],
  accepted: undefined,
  closed: undefined,
  step: undefined,
};

function withEntry(told: PeopleOnCall, entry: Entry): PeopleOnCall {
  const { at, step, by, whom, reason, round } = entry;
  const reached = round === undefined ? told.step : stepOf(told.step, round, at);
  switch (step) {
    case 'page_raised':
      return { ...told, raised: told.raised ?? { at, reason, by } };
    case 'page_sent':
    case 'page_failed':
      return whom === undefined
        ? { ...told, step: reached }
        : { ...told, step: reached, people: paged(told.people, whom, entry) };
    case 'page_accepted':
    case 'page_passed_on': {
      if (by === undefined) return told;
      const people = answered(told.people, by, ANSWERS[step], at);
      const others = told.accepted === by ? undefined : told.accepted;
      return { ...told, people, accepted: step === 'page_accepted' ? by : others };
    }
    case 'page_unanswered': {
      if (whom === undefined) return told;
      const accepted = told.accepted === whom ? undefined : told.accepted;
      return { ...told, accepted, people: answered(told.people, whom, 'unanswered', at) };
    }
    case 'page_escalated':
      return { ...told, step: reached };
    case 'page_closed':
      return { ...told, closed: { at, reason } };
    default:
      return told;
  }
}

function stepOf(known: PeopleOnCall['step'], place: number, at: string): PeopleOnCall['step'] {
  return known && known.place >= place ? known : { place, at };
}

/** A failure after the sending belongs to that page; one without is a page of its own. */
function paged(people: readonly Paged[], adminId: string, entry: Entry): Paged[] {
  const { id, at, step, channel, reason } = entry;
  const failed = step === 'page_failed' ? (reason ?? 'failed') : undefined;
  const before = people.find((person) => person.adminId === adminId);
  const pages = [...(before?.pages ?? [])];
  const last = pages.findLastIndex((page) => page.channel === channel && !page.failed);
  const sent = pages[last];
  if (failed !== undefined && sent) pages[last] = { ...sent, failed };
  else pages.push({ id, at, channel, failed });
  const hasAnswered = before && before.answer !== 'none' && before.answer !== 'failed';
  const answer = hasAnswered
    ? before.answer
    : pages.every((page) => page.failed)
      ? 'failed'
      : 'none';
  return put(people, { adminId, pages, answer, answeredAt: before?.answeredAt });
}

function answered(
  people: readonly Paged[],
  adminId: string,
  answer: Paged['answer'],
  answeredAt: string,
): Paged[] {
  const before = people.find((person) => person.adminId === adminId);
  return put(people, { adminId, pages: before?.pages ?? [], answer, answeredAt });
}

function put(people: readonly Paged[], person: Paged): Paged[] {
  const isKnown = people.some(({ adminId }) => adminId === person.adminId);
  if (!isKnown) return [...people, person];
  return people.map((each) => (each.adminId === person.adminId ? person : each));
}
