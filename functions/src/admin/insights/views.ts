import { z } from 'zod';
import { RUNGS } from '../../calls/grounding.ts';

const Count = z.number().int().min(0);

/**
 * How long something took, over all calls in which it happened; seconds, rounded to tenths below ten
 * seconds, to seconds below ten minutes, to ten seconds below an hour, to minutes above. P50 and P90
 * are the least value that half, or nine tenths, of the calls did not exceed.
 */
export const Spread = z.object({
  /** Calls in which it happened. */
  count: Count,
  p50: z.number().min(0).nullable(),
  p90: z.number().min(0).nullable(),
  /** Of these calls, how many were within the company's target; null where there is no target. */
  within_target: Count.nullable(),
  /** CRITICAL calls in which it should have happened and did not; null where nothing is owed. */
  never: Count.nullable(),
});
export type Spread = z.infer<typeof Spread>;

const ByUrgency = z.object({ CRITICAL: Count, URGENT: Count, NORMAL: Count });

/** What the archived calls that began on some days say together. */
export const InsightsView = z
  .object({
    /**
     * Days in the company's zone, both included. A call keeps the day on which it was first counted,
     * also where the company's zone changes later.
     */
    from: z.iso.date(),
    to: z.iso.date(),
    time_zone: z.string(),
    /** The site whose number was dialled; null: all sites, and calls to numbers of none. */
    site_id: z.string().nullable(),
    calls: Count,
    targets: z.object({
      answer_seconds: z.number(),
      acknowledge_seconds: z.number(),
      takeover_seconds: z.number(),
    }),
    /** Every day of the range, those without calls too. */
    days: z.array(ByUrgency.extend({ day: z.iso.date(), calls: Count })),
    /** Calls by weekday (Monday first) and hour at which they began, in the company's zone: 7 lists of 24. */
    hours: z.array(z.array(Count).length(24)).length(7),
    urgency: ByUrgency,
    medium: z.object({ Voice: Count, Text: Count }),
    /** The hazard that the call's facts name last; null: none. */
    hazards: z.array(z.object({ hazard: z.string().nullable(), calls: Count })),
    /** Aurora's spoken replies by what gave them: each rung, also with none. */
    rungs: z.array(z.object({ rung: z.enum(RUNGS), replies: Count })),
    /** What came of calls, as a supervisor noted it; null: nothing noted. */
    final_actions: z.array(z.object({ final_action: z.string().nullable(), calls: Count })),
    /** Of one site it is the only one; null: numbers of no site. Names as they are now, null if gone. */
    sites: z.array(
      z.object({
        site_id: z.string().nullable(),
        name: z.string().nullable(),
        calls: Count,
        critical: Count,
      }),
    ),
    /**
     * For a company_admin; null for others. Callers whom nobody knows are the worker `unknown`; names
     * are those of now, null for whoever was removed.
     */
    workers: z
      .array(
        z.object({
          worker_id: z.string(),
          name: z.string().nullable(),
          calls: Count,
          critical: Count,
        }),
      )
      .nullable(),
    /** What callers said and no manual answers (wishes for a person apart), and the calls with any. */
    unanswered: z.object({ questions: Count, calls: Count }),
    /** How often each passage was spoken; a reply that was kept and not spoken does not count. */
    passages: z.array(z.object({ passage_id: z.string(), times: Count })),
    duration: Spread,
    /** From the caller's first words to Aurora's reply to them. */
    first_answer: Spread,
    /**
     * From the moment at which the call first became URGENT or CRITICAL to the first person who showed
     * that they know of it: acknowledged it, accepted the page, sent help, took over or joined.
     */
    acknowledgement: Spread,
    /** From the same moment to the first who could speak: took over, or joined other than to listen. */
    takeover: Spread,
  })
  .meta({ id: 'Insights' });
export type InsightsView = z.infer<typeof InsightsView>;

/** One table of the insights, as it is exported. */
export const InsightsTable = z
  .object({
    table: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    time_zone: z.string(),
    site_id: z.string().nullable(),
    rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  })
  .meta({ id: 'InsightsTable' });

/** One question that Aurora had no words of a manual for. */
export const UnansweredView = z
  .object({
    call_id: z.string(),
    message_id: z.string(),
    /** When it was asked. */
    at: z.string(),
    site_id: z.string().nullable(),
    urgency: z.enum(['CRITICAL', 'URGENT', 'NORMAL']),
    /** The caller's words. */
    question: z.string(),
    /** What Aurora answered instead. */
    answer: z.string(),
  })
  .meta({ id: 'UnansweredQuestion' });
export type UnansweredView = z.infer<typeof UnansweredView>;
