import type { ManualVersion, Person } from '../../../api/types.ts';

/** Where a version stands; a draft that somebody has said to be ready waits for approval. */
export type Standing = 'draft' | 'waiting' | 'approved' | 'published' | 'replaced' | 'withdrawn';

export const STANDINGS: readonly Standing[] = [
  'draft',
  'waiting',
  'approved',
  'published',
  'withdrawn',
];

export function standingOf({ status, submitted }: Pick<ManualVersion, 'status' | 'submitted'>) {
  return status === 'draft' && submitted !== null ? 'waiting' : status;
}

/** Why somebody can't approve a version; undefined where they can. */
export type Obstacle = 'viewer' | 'own' | 'no_draft';

export function obstacleToApproval(
  { status, authors }: Pick<ManualVersion, 'status' | 'authors'>,
  { id, role }: Pick<Person, 'id' | 'role'>,
): Obstacle | undefined {
  if (status !== 'draft') return 'no_draft';
  if (role === 'viewer') return 'viewer';
  if (authors.some((author) => author.id === id)) return 'own';
  return undefined;
}

/** The moment at which something was last done with a version. */
export function lastMoment(version: ManualVersion): string {
  const { authors, submitted, approved, published, withdrawn } = version;
  const deeds = [...authors, submitted, approved, published, withdrawn];
  return deeds.reduce(
    (last, deed) => (deed && Date.parse(deed.at) > Date.parse(last) ? deed.at : last),
    authors[0]?.at ?? '',
  );
}
