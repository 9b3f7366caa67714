import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type AdminRecord, readAdmin } from '../../access/admin-record.ts';
import type { Company } from '../../access/companies.ts';
import { PageStep } from '../../access/reaching-policy.ts';
import { isoInZone } from '../../calls/times.ts';
import { reachOf, UNREACHABLE } from '../../paging/reach-of.ts';
import { onCall } from '../../paging/rota.ts';
import { daysOnCall } from '../../paging/week.ts';

/** No address and no number: those are for company_admins. */
const PersonOnCall = z
  .object({
    id: z.string(),
    name: z.string().nullable().meta({ description: 'null: nobody of the company any more.' }),
    unreachable: z
      .enum([...UNREACHABLE, 'removed'])
      .nullable()
      .meta({ description: 'Why this person would not be fetched; null: would be.' }),
  })
  .meta({ id: 'PersonOnCall' });
export type PersonOnCall = z.infer<typeof PersonOnCall>;

export const OnCallView = z
  .object({
    at: z.string(),
    time_zone: z.string(),
    on_duty: z.array(PersonOnCall).meta({ description: 'By the rota, less who is off.' }),
    steps: z.array(
      PageStep.extend({
        after_seconds: z.number().int().meta({
          description: 'Since the first page, where nobody accepts and everybody can be reached.',
        }),
        people: z.array(PersonOnCall).meta({ description: 'Whom the step means at that moment.' }),
      }),
    ),
  })
  .meta({ id: 'OnCall' });

export const WeekView = z
  .object({
    time_zone: z.string(),
    days: z.array(
      z.object({
        date: z.iso.date(),
        spans: z
          .array(
            z.object({
              from: z.string(),
              to: z.string(),
              people: z.array(z.string()),
              covered: z
                .boolean()
                .meta({ description: 'Whether any of these people would be fetched.' }),
            }),
          )
          .meta({ description: 'The day from midnight to midnight, without gap or overlap.' }),
      }),
    ),
    people: z.array(PersonOnCall).meta({ description: 'All who are named by the days.' }),
  })
  .meta({ id: 'WeekOnCall' });

export type OnCallView = z.infer<typeof OnCallView>;
export type WeekView = z.infer<typeof WeekView>;

/** A company's people, of whom views are made. */
export interface Staff {
  everyone: AdminRecord[];
  view(id: string): PersonOnCall;
}

export function staffOf(documents: readonly DocumentSnapshot[]): Staff {
  const everyone = documents.flatMap((document) => readAdmin(document) ?? []);
  const byId = new Map(everyone.map((admin) => [admin.id, admin]));
  return {
    everyone,
    view(id) {
      const admin = byId.get(id);
      if (!admin) return { id, name: null, unreachable: 'removed' };
      const reach = reachOf(admin);
      return { id, name: admin.name, unreachable: 'why' in reach ? reach.why : null };
    },
  };
}

/** Whom each step would fetch at an instant (epoch milliseconds). */
export function viewOnCall(company: Company, staff: Staff, now: number): OnCallView {
  const { reaching, time_zone } = company;
  const onDuty = onCall(reaching.rota, reaching.days_off, time_zone, now);
  let after_seconds = 0;
  const steps = reaching.steps.map((step) => {
    const people = [...new Set(step.who.flatMap(meant))].map(staff.view);
    const view = { ...step, after_seconds, people };
    after_seconds += step.wait_seconds;
    return view;
  });
  return { at: isoInZone(now, time_zone), time_zone, on_duty: onDuty.map(staff.view), steps };

  function meant(target: string): string[] {
    if (target === 'rota') return onDuty;
    return target === 'everyone' ? mayBeFetched(staff) : [target];
  }
}

/** `everyone`: without a telephone too, since that may be an oversight. */
function mayBeFetched({ everyone }: Staff): string[] {
  return everyone
    .filter(({ disabled, role }) => !disabled && role !== 'viewer')
    .map(({ id }) => id);
}

/** Who is on call on so many days from a date on. */
export function viewDays(
  { reaching, time_zone }: Company,
  staff: Staff,
  from: string,
  count: number,
): WeekView {
  const days = daysOnCall(reaching.rota, reaching.days_off, time_zone, from, count);
  const ids = days.flatMap(({ spans }) => spans.flatMap(({ people }) => people));
  return {
    time_zone,
    days: days.map(({ date, spans }) => ({
      date,
      spans: spans.map(({ from, to, people }) => ({
        from: isoInZone(from, time_zone),
        to: isoInZone(to, time_zone),
        people,
        covered: people.some((id) => staff.view(id).unreachable === null),
      })),
    })),
    people: [...new Set(ids)].map(staff.view),
  };
}
