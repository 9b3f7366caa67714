import { DateTime } from 'luxon';
import { z } from 'zod';
import type { ArchivedCall } from '../archive/schema.ts';
import { RUNGS } from '../calls/grounding.ts';
import { Medium, type Message, Urgency } from '../calls/model.ts';
import { UNKNOWN_WORKER } from '../calls/started.ts';
import { acknowledgedAt, firstAnswerTook, takenOverAt, urgentAt } from './moments.ts';
import { tenthsOf } from './seconds.ts';
import { unansweredIn } from './unanswered.ts';

const Count = z.number().int().min(1);
/** In tenths of a second, see seconds.ts; absent where it did not happen. */
const Tenths = z.number().int().min(0).optional();

/** What can take time in a call. */
export const SPANS = ['duration', 'first_answer', 'acknowledgement', 'takeover'] as const;
export type Span = (typeof SPANS)[number];

/** What is owed to a CRITICAL call. */
export const OWED = ['acknowledgement', 'takeover'] as const;

/** What one archived call adds to its company's counts. */
export const Contribution = z.object({
  company_id: z.string(),
  site_id: z.string().nullable(),
  /** The zone in which `day` and `hour` were found. A change of the company's zone moves no call. */
  time_zone: z.string(),
  /** On which, and in which hour of it, the call began. */
  day: z.iso.date(),
  hour: z.number().int().min(0).max(23),
  urgency: Urgency,
  medium: Medium,
  worker_id: z.string(),
  hazard: z.string().nullable(),
  final_action: z.string().nullable(),
  /** Spoken replies of Aurora by what gave them. */
  rungs: z.partialRecord(z.enum(RUNGS), Count),
  /** How often each passage was spoken. */
  passages: z.record(z.string(), Count),
  unanswered: z.number().int().min(0),
  spans: z.object({
    duration: Tenths,
    first_answer: Tenths,
    acknowledgement: Tenths,
    takeover: Tenths,
  }),
  /** What a CRITICAL call was owed and did not get. */
  never: z.array(z.enum(OWED)),
});
export type Contribution = z.infer<typeof Contribution>;

/** A pure function of what is archived, so that counting again comes to the same. */
export function contributionOf(
  call: ArchivedCall,
  messages: readonly Message[],
  timeZone: string,
): Contribution {
  const began = DateTime.fromISO(call.started_at, { zone: timeZone });
  if (!began.isValid) throw new RangeError(`Not a time zone: ${timeZone}`);
  const replies = messages.flatMap(({ role, spoken, grounding }) =>
    role === 'assistant' && spoken !== false && grounding ? [grounding] : [],
  );
  return {
    company_id: call.company_id,
    site_id: nameOrNull(call.site_id),
    time_zone: timeZone,
    day: began.toISODate(),
    hour: began.hour,
    urgency: call.urgency,
    medium: call.medium,
    worker_id: nameOrNull(call.worker_id) ?? UNKNOWN_WORKER,
    hazard: nameOrNull(call.facts?.hazard?.value),
    final_action: nameOrNull(call.final_action),
    rungs: timesOf(replies.map(({ rung }) => rung)),
    passages: timesOf(replies.flatMap(({ passages = [] }) => passages.map(({ id }) => id))),
    unanswered: unansweredIn(messages).length,
    ...times(call, messages),
  };
}

function times(call: ArchivedCall, messages: readonly Message[]) {
  const urgent = urgentAt(call);
  const took = {
    duration: call.duration_seconds * 1_000,
    first_answer: firstAnswerTook(messages),
    acknowledgement: between(urgent, acknowledgedAt(call)),
    takeover: between(urgent, takenOverAt(call)),
  };
  const spans: Contribution['spans'] = {};
  for (const span of SPANS) {
    const milliseconds = took[span];
    if (milliseconds !== undefined) spans[span] = tenthsOf(milliseconds);
  }
  const isOwed = call.urgency === 'CRITICAL';
  const never = OWED.filter((owed) => isOwed && spans[owed] === undefined);
  return { spans, never };
}

/** Nothing where the call was never urgent. Who had it before that took no time. */
function between(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from);
}

function timesOf<T extends string>(names: readonly T[]): Record<T, number> {
  const times = {} as Record<T, number>;
  for (const name of names) times[name] = (times[name] ?? 0) + 1;
  return times;
}

/** What can't be the name of a field in Firestore is counted with what has none. */
function nameOrNull(name: string | null | undefined): string | null {
  return name && !/^__.*__$/s.test(name) ? name : null;
}
