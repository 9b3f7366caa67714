import { createCompanies } from '../access/companies.ts';
import { createCompare } from '../insights/compare.ts';
import { createCounting } from '../insights/counting.ts';
import type { Log } from '../log.ts';
import type { OpenProject } from './open-project.ts';

export interface InsightsFlags {
  company: string;
  from?: string | undefined;
  to?: string | undefined;
}

/** Compares a company's counts with its archive, or puts them right. Resolves to whether they were. */
export async function compareInsights(
  { firestore }: Pick<OpenProject, 'firestore'>,
  { company: companyId, from, to }: InsightsFlags,
  options: { mend: boolean; timeZone: string; log: Log; print: (line: string) => void },
): Promise<boolean> {
  const { mend, timeZone, log, print } = options;
  const companies = createCompanies({ firestore: async () => firestore, now: () => Date.now() });
  const timeZoneOf = async (id: string) => (await companies.of(id)).time_zone;
  const counting = createCounting({ firestore, timeZoneOf, timeZone, log });
  const compare = createCompare({ firestore, counting, timeZoneOf });
  const found = await compare({ companyId, from, to, mend, tell: print });
  const wrong = found.miscounted + found.gone + found.mistaken;
  print(
    [
      `${found.calls} calls: ${found.miscounted} were not counted as they are;`,
      `${found.gone} were counted and are not there.`,
      `${found.days} days: the counts of ${found.mistaken} were not the sum of their calls.`,
      wrong === 0 ? 'Nothing differs.' : mend ? 'All of it was put right.' : 'Nothing was changed.',
    ].join(' '),
  );
  return wrong === 0;
}
