import { z } from 'zod';

/**
 * How a company's people are fetched, as `companies/{id}.reaching` holds it. What is absent has its
 * default: with none of it, every supervisor and company_admin who has a phone is paged at once.
 */

const AdminId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const TimeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be HH:MM');

/** Whoever is on call by the rota, everybody who may act on calls, or people by their ids. */
export const PageTarget = z.union([z.literal('rota'), z.literal('everyone'), AdminId]);

export const PageStep = z.object({
  who: z.array(PageTarget).min(1).max(20),
  /** Seconds until the next step when nobody accepts. */
  wait_seconds: z.number().int().min(10).max(3_600),
});
export type PageStep = z.infer<typeof PageStep>;

/** One turn of duty, by the company's clock; one that ends before it begins ends on the next day. */
export const Shift = z.object({
  admin_id: AdminId,
  /** 1 Monday to 7 Sunday: on which it begins. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: TimeOfDay,
  to: TimeOfDay,
});
export type Shift = z.infer<typeof Shift>;

/** Days on which somebody is not on call, both ends included. */
export const DaysOff = z.object({
  admin_id: AdminId,
  from: z.iso.date(),
  to: z.iso.date(),
});
export type DaysOff = z.infer<typeof DaysOff>;

/** Who is on call has half a minute; then everybody is asked, and has longer each time. */
const DEFAULT_STEPS: PageStep[] = [
  { who: ['rota'], wait_seconds: 30 },
  { who: ['everyone'], wait_seconds: 60 },
  { who: ['everyone'], wait_seconds: 120 },
];

export const ReachingPolicy = z.object({
  steps: z.array(PageStep).min(1).max(10).default(DEFAULT_STEPS),
  rota: z.array(Shift).max(200).default([]),
  days_off: z.array(DaysOff).max(500).default([]),
  /** How often the last step is repeated, quietly, until somebody comes. */
  repeats: z.number().int().min(0).max(20).default(3),
  /** Seconds in which somebody who has accepted must take over, join or send help. */
  accept_seconds: z.number().int().min(15).max(600).default(60),
  /** Whether, when nobody comes, the emergency number is dialled into the call; else it is spoken. */
  dial_emergency: z.boolean().default(false),
  /** Whether a lost caller is called back. */
  call_back: z.boolean().default(true),
  /**
   * Whether people are fetched for each question that no manual answers, or only where the question or
   * the call is urgent. Who asks for a person, is silent or in danger has them fetched in any case.
   */
  unanswered: z.enum(['always', 'urgent']).default('always'),
  /** ISO 3166 countries of callers who may be rung or texted; empty: that of the dialled number. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(50)
    .default([]),
});
export type ReachingPolicy = z.infer<typeof ReachingPolicy>;
