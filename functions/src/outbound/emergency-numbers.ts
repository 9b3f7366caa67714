import type { Firestore } from 'firebase-admin/firestore';
import { stored } from '../paths.ts';

/** All emergency numbers that were set for a company and its sites, and the installation's own. */
export function createEmergencyNumbers(options: {
  firestore: () => Promise<Firestore>;
  fallback: string;
}) {
  return async function emergencyNumbersOf(companyId: string): Promise<string[]> {
    const firestore = await options.firestore();
    const [company, sites] = await Promise.all([
      firestore.doc(stored.company(companyId)).get(),
      firestore.collection(stored.sites(companyId)).get(),
    ]);
    return [company, ...sites.docs]
      .map((document): unknown => document.get('emergency_number'))
      .filter((number): number is string => typeof number === 'string')
      .concat(options.fallback);
  };
}
