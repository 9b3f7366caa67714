import type { CompanyView } from '../../../api/types.ts';
import { bodyOf, type CompanyFields, fieldsOf } from '../settings/company-fields.ts';

export type Reaching = CompanyView['reaching'];
export type Step = Reaching['steps'][number];
export type Shift = Reaching['rota'][number];
export type DaysOff = Reaching['days_off'][number];

/**
 * The settings with each shift and each absence as a field by itself, named by what it says: of two
 * people who change the rota at the same time neither undoes the other's. One that was removed is
 * undefined, since a form keeps the names that it had.
 */
export type OnCallFields = Omit<CompanyFields, 'rota' | 'days_off'> & {
  [shift: `shift ${string}`]: Shift | undefined;
  [absence: `off ${string}`]: DaysOff | undefined;
};

export type ShiftKey = `shift ${string}`;
export type OffKey = `off ${string}`;

export function shiftKey({ admin_id, days, from, to }: Shift): ShiftKey {
  return `shift ${JSON.stringify([admin_id, [...days].sort(), from, to])}`;
}

export function offKey({ admin_id, from, to }: DaysOff): OffKey {
  return `off ${JSON.stringify([admin_id, from, to])}`;
}

/**
 * Shifts as fields. The days of each are in the order of the week, whatever order they came in: two
 * who add the same shift have then added the same.
 */
export function shiftFields(shifts: Shift[]): Pick<OnCallFields, ShiftKey> {
  return Object.fromEntries(
    shifts.map((shift) => [shiftKey(shift), { ...shift, days: [...shift.days].sort() }]),
  );
}

export function onCallFieldsOf(company: CompanyView): OnCallFields {
  const { rota, days_off, ...others } = fieldsOf(company);
  return {
    ...others,
    ...shiftFields(rota),
    ...Object.fromEntries(days_off.map((off) => [offKey(off), off])),
  };
}

export function shiftsIn(fields: OnCallFields): Shift[] {
  return named<Shift>(fields, 'shift ');
}

export function daysOffIn(fields: OnCallFields): DaysOff[] {
  return named<DaysOff>(fields, 'off ').sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** All of it as the API has it. */
export function reachingOf(fields: OnCallFields): Reaching {
  const { steps, repeats, accept_seconds, dial_emergency, call_back, unanswered, countries } =
    fields;
  return {
    ...{ steps, repeats, accept_seconds, dial_emergency, call_back, unanswered, countries },
    rota: shiftsIn(fields),
    days_off: daysOffIn(fields),
  };
}

/** The body of `PATCH /api/company` for these changes. */
export function onCallBodyOf(changes: Partial<OnCallFields>, edited: OnCallFields): object {
  const whole = { ...edited, ...reachingOf(edited) };
  const own = Object.entries(changes).filter(([name]) => !isEntry(name));
  const changesRota = own.length < Object.keys(changes).length;
  return bodyOf(
    {
      ...Object.fromEntries(own),
      ...(changesRota && { rota: whole.rota }),
    } as Partial<CompanyFields>,
    whole,
  );
}

function named<T>(fields: OnCallFields, prefix: string): T[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== undefined ? [value as T] : [],
  );
}

function isEntry(name: string): boolean {
  return name.startsWith('shift ') || name.startsWith('off ');
}
