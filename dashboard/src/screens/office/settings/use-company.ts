import { useQuery } from '@tanstack/react-query';
import type { CompanyView } from '../../../api/types.ts';
import { queries } from '../../../app/queries.ts';
import { askSignedIn } from '../../../session/session.ts';

const KEY = ['company'];

/** The company as it is now, not as somebody is changing it. */
export function useCompany() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await askSignedIn<CompanyView>('GET', '/api/company', { signal })).body,
  });
}

/** For whoever has just changed it. */
export function putCompany(company: CompanyView): void {
  queries.setQueryData(KEY, company);
}
