import { useQuery } from '@tanstack/react-query';
import { allPages } from '../all-pages.ts';

export interface Site {
  id: string;
  name: string;
  address: string | null;
  assembly_point: string | null;
  emergency_number: string | null;
}

/** A site as a form has it: nothing is an empty text there. */
export type SiteFields = Record<'name' | 'address' | 'assembly_point' | 'emergency_number', string>;

export const NO_SITE: SiteFields = {
  name: '',
  address: '',
  assembly_point: '',
  emergency_number: '',
};

export function fieldsOfSite(site: Site): SiteFields {
  return {
    name: site.name,
    address: site.address ?? '',
    assembly_point: site.assembly_point ?? '',
    emergency_number: site.emergency_number ?? '',
  };
}

/** As the API takes it: an empty text is nothing, and the number has no spaces. */
export function bodyOfSite(fields: Partial<SiteFields>): Record<string, string | null> {
  const { emergency_number: number, ...texts } = fields;
  const all = { ...texts, ...(number !== undefined && { emergency_number: compact(number) }) };
  return Object.fromEntries(
    Object.entries(all).map(([field, text]) => [field, text.trim() === '' ? null : text.trim()]),
  );
}

export function isEmergencyNumber(text: string): boolean {
  return /^(\+?[0-9]{2,15})?$/.test(compact(text));
}

const compact = (text: string) => text.replace(/[\s-]/g, '');

export const SITES = ['sites'] as const;

/** All sites of the company, by name. */
export function useSites() {
  return useQuery({
    queryKey: SITES,
    queryFn: ({ signal }) => allPages<Site>('/api/sites', signal),
  });
}
