import type { Firestore } from 'firebase-admin/firestore';
import { readAdmin } from '../access/admin-record.ts';
import type { Companies } from '../access/companies.ts';
import { stored } from '../paths.ts';
import { reachOf } from './reach-of.ts';
import { onCall } from './rota.ts';

/** Somebody who can be rung. */
export interface Person {
  id: string;
  name: string;
  /** E.164. */
  phone: string;
}

export interface PeopleOnCall {
  /** Whom these targets (`rota`, `everyone`, ids) mean at this moment; each once. */
  of(companyId: string, targets: readonly string[]): Promise<Person[]>;
  /** Undefined for somebody who may not act on calls, or has no telephone. */
  find(companyId: string, adminId: string): Promise<Person | undefined>;
  /** Whether anybody can be reached, as far as this instance knows without asking. */
  reaches(companyId: string): boolean;
}

/** Milliseconds for which it is believed who can be rung. */
const FRESH = 10_000;

/** A company's people who may act on calls and have a telephone, from Firestore (I6). */
export function createPeopleOnCall(options: {
  firestore: () => Promise<Firestore>;
  companies: Pick<Companies, 'of'>;
  /** Epoch milliseconds. */
  now: () => number;
}): PeopleOnCall {
  const { firestore, companies, now } = options;
  const known = new Map<string, { at: number; people: Person[] }>();

  async function everyone(companyId: string): Promise<Person[]> {
    const last = known.get(companyId);
    if (last && now() - last.at < FRESH) return last.people;
    try {
      const { docs } = await (await firestore())
        .collection(stored.admins)
        .where('company_id', '==', companyId)
        .get();
      const people = docs.flatMap((document) => {
        const admin = readAdmin(document);
        const reach = admin && reachOf(admin);
        return reach && 'phone' in reach ? [{ id: admin.id, name: admin.name, ...reach }] : [];
      });
      known.set(companyId, { at: now(), people });
      return people;
    } catch (error) {
      if (last) return last.people;
      throw error;
    }
  }

  return {
    async of(companyId, targets) {
      const [people, company] = await Promise.all([everyone(companyId), companies.of(companyId)]);
      const { rota, days_off } = company.reaching;
      const ids = targets.flatMap((target) => {
        if (target === 'everyone') return people.map(({ id }) => id);
        return target === 'rota' ? onCall(rota, days_off, company.time_zone, now()) : [target];
      });
      return [...new Set(ids)].flatMap((id) => people.find((person) => person.id === id) ?? []);
    },
    async find(companyId, adminId) {
      return (await everyone(companyId)).find(({ id }) => id === adminId);
    },
    reaches: (companyId) => (known.get(companyId)?.people.length ?? 0) > 0,
  };
}
