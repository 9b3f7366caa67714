import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { LANGUAGE_TAG } from '../calls/language-tags.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';

/** What a call must know of the company that it reaches; decided by the dialled number alone (I6). */
export interface Site {
  companyId: string;
  siteId?: string | undefined;
  timeZone: string;
  emergencyNumber: string;
  /** BCP 47; a call starts in the first one. */
  languages: readonly [string, ...string[]];
}

export interface Directory {
  /** The dialled number's company, or the default one where no company has claimed the number. */
  siteOf(dialled: string): Site;
  /** Those that have a number, each once. */
  companyIds(): string[];
  /** Loads when due; a call that comes before the first load waits for it, at most so long. */
  refresh(boundMs: number): Promise<void>;
}

/** Milliseconds after which the numbers are read again. */
const STALE = 60_000;

/** A tag that is none is left out: with it no turn of a call could be read. */
const Languages = z
  .array(z.unknown())
  .catch([])
  .transform((listed) =>
    listed.filter((tag): tag is string => typeof tag === 'string' && LANGUAGE_TAG.test(tag)),
  );

const NumberDocument = z.object({
  company_id: z.string().regex(/^(?!__)[A-Za-z0-9_-]{1,64}$/),
  site_id: z
    .string()
    .regex(/^(?!__)[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  languages: Languages,
});

const EmergencyNumber = z
  .string()
  .regex(/^\+?[0-9]{2,15}$/)
  .optional();

const CompanyDocument = z.object({
  time_zone: z.string().optional(),
  emergency_number: EmergencyNumber,
  languages: Languages,
});

export interface DirectoryOptions {
  firestore: () => Promise<Firestore>;
  fallback: Site;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** All dialled numbers, held in memory: a call never waits for Firestore once they are loaded. */
export function createDirectory({ firestore, fallback, now, log }: DirectoryOptions): Directory {
  let sites = new Map<string, Site>();
  let loadedAt: number | undefined;
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    const database = await firestore();
    const [numbers, companies] = await Promise.all([
      database.collection(stored.numbers).get(),
      database.collection(stored.companies).get(),
    ]);
    const byId = new Map(companies.docs.map((document) => [document.id, document.data()]));
    const ofSites = await siteEmergencyNumbers(database, numbers.docs);
    const loaded = new Map<string, Site>();
    for (const document of numbers.docs) {
      const number = NumberDocument.safeParse(document.data());
      const company = CompanyDocument.safeParse(byId.get(number.data?.company_id ?? '') ?? {});
      if (!number.success || !company.success) {
        log.error('A dialled number or its company is malformed; its calls go to the default.');
        continue;
      }
      loaded.set(document.id, {
        companyId: number.data.company_id,
        siteId: number.data.site_id,
        timeZone: company.data.time_zone ?? fallback.timeZone,
        emergencyNumber:
          ofSites.get(document.id) ?? company.data.emergency_number ?? fallback.emergencyNumber,
        languages:
          named(number.data.languages) ?? named(company.data.languages) ?? fallback.languages,
      });
    }
    sites = loaded;
    loadedAt = now();
  }

  function refresh(boundMs: number): Promise<void> {
    if (loadedAt === undefined || now() - loadedAt > STALE) {
      loading ??= load()
        .catch((error: unknown) =>
          log.error('The dialled numbers could not be read.', { error: asError(error) }),
        )
        .finally(() => {
          loading = undefined;
        });
    }
    if (loadedAt !== undefined || !loading) return Promise.resolve();
    const bound = new Promise<void>((resolve) => setTimeout(resolve, boundMs).unref());
    return Promise.race([loading, bound]);
  }

  function siteOf(dialled: string): Site {
    const site = sites.get(dialled);
    if (site) return site;
    log.alert('A number was dialled that no company has claimed: add it to numbers/.', {
      reason: loadedAt === undefined ? 'numbers not loaded yet' : 'unknown number',
    });
    return fallback;
  }

  return {
    siteOf,
    companyIds: () => [...new Set([...sites.values()].map(({ companyId }) => companyId))],
    refresh,
  };
}

function named(languages: readonly string[]): Site['languages'] | undefined {
  const [first, ...others] = languages;
  return first === undefined ? undefined : [first, ...others];
}

/** By dialled number: the emergency number of its site, where that has one of its own. */
async function siteEmergencyNumbers(
  database: Firestore,
  numbers: readonly DocumentSnapshot[],
): Promise<Map<string, string>> {
  const named = numbers.flatMap((number) => {
    const { company_id, site_id } = NumberDocument.safeParse(number.data()).data ?? {};
    if (company_id === undefined || site_id === undefined) return [];
    return { number: number.id, site: database.doc(stored.site(company_id, site_id)) };
  });
  if (named.length === 0) return new Map();
  const sites = await database.getAll(...named.map(({ site }) => site));
  return new Map(
    named.flatMap(({ number }, at) => {
      const own = EmergencyNumber.safeParse(sites[at]?.get('emergency_number')).data;
      return own === undefined ? [] : [[number, own] as const];
    }),
  );
}
