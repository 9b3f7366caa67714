import type { Firestore } from 'firebase-admin/firestore';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Company } from '../../access/companies.ts';
import { ReachingPolicy } from '../../access/reaching-policy.ts';
import { stored } from '../../paths.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';
import { companyIn } from './company-settings.ts';
import { OnCallView, type Staff, staffOf, viewDays, viewOnCall, WeekView } from './on-call-view.ts';

const TAG = 'Company';
const DAYS = 7;
const YEARS = 'must be of 2000 to 2099';

/** Years of four digits, so that text and time are in the same order. */
const isOfOurTime = (text: string) => text >= '2000' && text < '2100';

const Day = z.iso.date().refine(isOfOurTime, YEARS).optional().meta({
  description: 'The first day by the company’s clock; absent: Monday of this week.',
});
const Moment = z.iso
  .datetime({ offset: true, local: true })
  .refine(isOfOurTime, YEARS)
  .optional()
  .meta({ description: 'ISO 8601; without offset by the company’s clock; absent: now.' });

export interface OnCallOptions {
  firestore: Firestore;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Whom the rota and the steps of the company mean: what would happen, without doing it. */
export function onCallRoutes({ firestore, now }: OnCallOptions): Route[] {
  async function read(companyId: string) {
    const admins = firestore.collection(stored.admins).where('company_id', '==', companyId);
    const [company, people] = await available(
      Promise.all([firestore.doc(stored.company(companyId)).get(), admins.get()]),
    );
    return { company: companyIn(company), staff: staffOf(people.docs) };
  }

  function atMoment(company: Company, staff: Staff, at: string | undefined) {
    const instant = at === undefined ? now() : millisecondsOf(at, company.time_zone);
    return viewOnCall(company, staff, instant);
  }

  function inWeek(company: Company, staff: Staff, from: string | undefined) {
    return viewDays(company, staff, from ?? mondayOf(now(), company.time_zone), DAYS);
  }

  const moment = route({
    method: 'GET',
    path: '/api/on-call',
    summary: 'Who is on duty at a moment, and whom each step would fetch',
    tag: TAG,
    access: 'viewer',
    query: z.object({ at: Moment }),
    answers: { 200: { description: 'Who would be fetched.', schema: OnCallView } },
    async handle({ principal, query: { at } }) {
      const { company, staff } = await read(principal.companyId);
      return { body: atMoment(company, staff, at) };
    },
  });

  const week = route({
    method: 'GET',
    path: '/api/on-call/week',
    summary: 'Who is on duty on seven days, with the times at which nobody is',
    tag: TAG,
    access: 'viewer',
    query: z.object({ from: Day }),
    answers: { 200: { description: 'Seven days.', schema: WeekView } },
    async handle({ principal, query: { from } }) {
      const { company, staff } = await read(principal.companyId);
      return { body: inWeek(company, staff, from) };
    },
  });

  const preview = route({
    method: 'POST',
    path: '/api/on-call/preview',
    summary: 'Both for a rota and steps that are not saved: what they would mean',
    tag: TAG,
    access: 'viewer',
    body: z.strictObject({ reaching: ReachingPolicy, at: Moment, from: Day }),
    answers: {
      200: {
        description: 'Who would be fetched, and seven days.',
        schema: z.object({ moment: OnCallView, week: WeekView }),
      },
    },
    async handle({ principal, body: { reaching, at, from } }) {
      const { company, staff } = await read(principal.companyId);
      const tried = { ...company, reaching };
      return { body: { moment: atMoment(tried, staff, at), week: inWeek(tried, staff, from) } };
    },
  });

  return [moment, week, preview];
}

function millisecondsOf(text: string, zone: string): number {
  return DateTime.fromISO(text, { zone }).toMillis();
}

function mondayOf(now: number, zone: string): string {
  const date = DateTime.fromMillis(now, { zone }).startOf('week').toISODate();
  if (date === null) throw new RangeError('The company has a time zone that is none.');
  return date;
}
