import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Call } from '../calls/model.ts';
import { isTelephone } from '../calls/phone.ts';
import { stored } from '../paths.ts';
import type { Numbers } from './ports.ts';

/** Milliseconds for which it is believed which number is whose. */
const FRESH = 60_000;

const EmergencyNumber = z.string().regex(/^\+?[0-9]{2,15}$/);

/** What pages need of numbers/, sites and companies. */
export function createCompanyNumbers(options: {
  firestore: () => Promise<Firestore>;
  /** Where calls to a number go that no company has claimed. */
  defaultCompanyId: string;
  /** For companies and sites that name none. */
  emergencyNumber: string;
  /** Epoch milliseconds. */
  now: () => number;
}) {
  const { firestore, now } = options;
  const owners = remembering(now);
  const own = remembering(now);

  const numbers: Numbers = {
    ofCompany: (companyId) =>
      own(companyId, async () => {
        const { docs } = await (await firestore())
          .collection(stored.numbers)
          .where('company_id', '==', companyId)
          .limit(20)
          .get();
        return docs
          .map(({ id }) => id)
          .sort()
          .find(isTelephone);
      }),
    companyOf: (number) =>
      owners(number, async () => {
        if (!isTelephone(number)) return undefined;
        const document = await (await firestore()).doc(stored.number(number)).get();
        const companyId: unknown = document.get('company_id');
        return typeof companyId === 'string' ? companyId : options.defaultCompanyId;
      }),
  };

  /** Of the call's site, its company, or the installation. */
  async function emergencyNumberOf({ company_id, site_id }: Call): Promise<string> {
    const database = await firestore();
    const places = [
      ...(site_id === undefined ? [] : [stored.site(company_id, site_id)]),
      stored.company(company_id),
    ];
    for (const place of places) {
      const document = await database.doc(place).get();
      const number = EmergencyNumber.safeParse(document.get('emergency_number')).data;
      if (number !== undefined) return number;
    }
    return options.emergencyNumber;
  }

  /** The name of a worker, of this company alone (I6). */
  async function workerName(companyId: string, workerId: string): Promise<string | undefined> {
    const document = await (await firestore()).doc(stored.worker(workerId)).get();
    const name: unknown = document.get('name');
    const isOwn = document.get('company_id') === companyId;
    return isOwn && typeof name === 'string' && name !== '' ? name : undefined;
  }

  return { numbers, emergencyNumberOf, workerName };
}

function remembering(now: () => number) {
  const known = new Map<string, { at: number; value: string }>();
  return async (key: string, find: () => Promise<string | undefined>) => {
    const last = known.get(key);
    if (last && now() - last.at < FRESH) return last.value;
    const value = await find();
    if (value !== undefined) known.set(key, { at: now(), value });
    return value;
  };
}
