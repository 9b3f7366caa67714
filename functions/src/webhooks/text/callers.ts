import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Companies } from '../../access/companies.ts';
import type { FindWorker } from '../../access/worker-lookup.ts';
import { type CallLanguages, startingLanguages } from '../../assistant/languages/choose.ts';
import { speaks } from '../../assistant/languages/wording.ts';
import { LANGUAGE_TAG } from '../../calls/language-tags.ts';
import { stored } from '../../paths.ts';

/** Who writes, and what Aurora must know to answer them. */
export interface Caller extends CallLanguages {
  workerId: string;
  siteId?: string | undefined;
  timeZone: string;
  emergencyNumber: string;
}

const Site = z.object({
  emergency_number: z
    .string()
    .regex(/^\+?[0-9]{2,15}$/)
    .optional()
    .catch(undefined),
});

export interface CallersOptions {
  findWorker: FindWorker;
  companies: Pick<Companies, 'of'>;
  firestore: () => Promise<Firestore>;
  /** For companies and sites without one of their own. */
  emergencyNumber: string;
}

/** Looks a number up among a company's workers; undefined for a stranger. */
export function createCallers(options: CallersOptions) {
  const siteNumber = createSiteNumbers(options.firestore);

  return async function find(companyId: string, e164: string): Promise<Caller | undefined> {
    const [worker, company] = await Promise.all([
      options.findWorker(companyId, e164),
      options.companies.of(companyId),
    ]);
    if (!worker) return undefined;
    const ofSite = worker.siteId && (await siteNumber(companyId, worker.siteId));
    const [first = 'en-IN', ...others] = company.languages.filter((tag) => LANGUAGE_TAG.test(tag));
    return {
      ...startingLanguages([first, ...others], worker.language, speaks),
      workerId: worker.id,
      siteId: worker.siteId,
      timeZone: company.time_zone,
      emergencyNumber: ofSite || (company.emergency_number ?? options.emergencyNumber),
    };
  };
}

/** The emergency number of a site, where it has one of its own. Rejects when Firestore can't say. */
export function createSiteNumbers(firestore: () => Promise<Firestore>) {
  return async function siteNumber(companyId: string, siteId: string): Promise<string | undefined> {
    const site = await (await firestore()).doc(stored.site(companyId, siteId)).get();
    return Site.parse(site.data() ?? {}).emergency_number;
  };
}

export type FindCaller = ReturnType<typeof createCallers>;
