import type { Firestore } from 'firebase-admin/firestore';
import { LANGUAGE_TAG } from '../calls/language-tags.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { COMPANY_ID } from './companies.ts';

/** A worker, as far as a call must know of one. */
export interface KnownWorker {
  id: string;
  siteId?: string;
  /** BCP 47. */
  language?: string;
}

/**
 * The worker of a company who has a number (E.164). Undefined where nobody has it, and where several
 * do: nobody can say then who is calling. Rejects when Firestore can't say.
 */
export type FindWorker = (companyId: string, e164: string) => Promise<KnownWorker | undefined>;

/** Looks inside the one company only (I6): the same number may be another company's worker's too. */
export function createWorkerLookup(options: {
  firestore: () => Promise<Firestore>;
  log: Log;
}): FindWorker {
  return async function findWorker(companyId, e164) {
    const firestore = await options.firestore();
    const { docs } = await firestore
      .collection(stored.workers)
      .where('company_id', '==', companyId)
      .where('mobile_no', '==', e164)
      .limit(2)
      .select('site_id', 'language')
      .get();
    if (docs.length > 1) {
      options.log.error('Workers of one company share a number; its calls count as unknown.');
    }
    const [only] = docs.length === 1 ? docs : [];
    if (!only) return undefined;
    const siteId: unknown = only.get('site_id');
    const language: unknown = only.get('language');
    return {
      id: only.id,
      ...(typeof siteId === 'string' && COMPANY_ID.test(siteId) ? { siteId } : {}),
      ...(typeof language === 'string' && LANGUAGE_TAG.test(language) ? { language } : {}),
    };
  };
}
