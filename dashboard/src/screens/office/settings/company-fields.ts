import type { CompanyView } from '../../../api/types.ts';

type Reaching = CompanyView['reaching'];
type Targets = CompanyView['targets'];
type Own = Omit<CompanyView, 'id' | 'numbers' | 'reaching' | 'targets'>;

/** A company's settings, each a field by itself, so that two people who change others don't collide. */
export type CompanyFields = Own & Targets & Reaching;

/** What the API takes as a whole: one change of it sends all of it. */
const TARGETS = ['answer_seconds', 'acknowledge_seconds', 'takeover_seconds'] as const;
const REACHING = [
  'steps',
  'rota',
  'days_off',
  'repeats',
  'accept_seconds',
  'dial_emergency',
  'call_back',
  'unanswered',
  'countries',
] as const satisfies readonly (keyof Reaching)[];

export function fieldsOf({ id, numbers, reaching, targets, ...own }: CompanyView): CompanyFields {
  return { ...own, ...targets, ...reaching };
}

/** The body of `PATCH /api/company` for these changes. */
export function bodyOf(changes: Partial<CompanyFields>, edited: CompanyFields): object {
  const body: Record<string, unknown> = { ...changes };
  for (const name of [...TARGETS, ...REACHING]) delete body[name];
  if (TARGETS.some((name) => name in changes)) body.targets = picked(edited, TARGETS);
  if (REACHING.some((name) => name in changes)) body.reaching = picked(edited, REACHING);
  return body;
}

export function reachingIn(fields: CompanyFields): Reaching {
  return picked(fields, REACHING);
}

function picked<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;
}
