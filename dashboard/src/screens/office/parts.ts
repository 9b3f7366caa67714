import type { Person } from '../../api/types.ts';
import type { frameTexts } from '../../texts/office/frame.ts';

export interface Part {
  to: string;
  name: Exclude<keyof typeof frameTexts.en, 'title' | 'navigation'>;
}

/** The parts of the office that anybody who is signed in may see. */
const FOR_ALL: readonly Part[] = [
  { to: '/office/workers', name: 'workers' },
  { to: '/office/sites', name: 'sites' },
  { to: '/office/manuals', name: 'manuals' },
  { to: '/office/insights', name: 'insights' },
  { to: '/office/on-call', name: 'onCall' },
  { to: '/office/numbers', name: 'numbers' },
  { to: '/office/settings', name: 'settings' },
];

const FOR_ADMINS: readonly Part[] = [
  { to: '/office/people', name: 'people' },
  { to: '/office/keys', name: 'keys' },
  { to: '/office/audit', name: 'audit' },
];

const FOR_OPERATORS: readonly Part[] = [{ to: '/office/operations', name: 'operations' }];

/** What somebody may open; the API decides it once more. */
export function partsFor(person: Pick<Person, 'role' | 'operator'>): Part[] {
  return [
    ...FOR_ALL,
    ...(person.role === 'company_admin' ? FOR_ADMINS : []),
    ...(person.operator ? FOR_OPERATORS : []),
  ];
}
