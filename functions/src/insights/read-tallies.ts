import { FieldPath, type Firestore } from 'firebase-admin/firestore';
import { stored } from '../paths.ts';
import { type Counts, readCounts } from './counts.ts';

export interface TalliesAsked {
  companyId: string;
  /** Null: of all sites. */
  siteId: string | null;
  /** Days, both included. */
  from: string;
  to: string;
}

/** The counts of a company, or of one of its sites, by day; days without calls may be missing. */
export async function readTallies(
  firestore: Firestore,
  { companyId, siteId, from, to }: TalliesAsked,
): Promise<Map<string, Counts>> {
  const path = siteId === null ? stored.tallies(companyId) : stored.siteTallies(companyId, siteId);
  const { docs } = await firestore
    .collection(path)
    .where(FieldPath.documentId(), '>=', from)
    .where(FieldPath.documentId(), '<=', to)
    .get();
  return new Map(docs.map((document) => [document.id, readCounts(document.get('counts'))]));
}
