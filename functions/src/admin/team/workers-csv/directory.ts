import type { WorkerView } from '../worker-records.ts';
import type { Column } from './columns.ts';

export interface NamedSite {
  id: string;
  name: string;
}

export interface NamedAdmin {
  id: string;
  email: string;
}

/** A worker in the words of a file. */
export type Written = Record<Column, string>;

/** The company's sites and supervisors, as files name them. */
export interface Directory {
  /** Undefined where the company has none of this name or id, `ambiguous` where it has several. */
  siteOf(text: string): string | 'ambiguous' | undefined;
  supervisorOf(text: string): string | undefined;
  written(worker: WorkerView): Written;
}

export function createDirectory(
  sites: readonly NamedSite[],
  admins: readonly NamedAdmin[],
): Directory {
  const siteById = new Map(sites.map((site) => [site.id, site]));
  const sitesByName = Map.groupBy(sites, ({ name }) => folded(name));
  const adminById = new Map(admins.map((admin) => [admin.id, admin]));
  const adminByEmail = new Map(admins.map((admin) => [folded(admin.email), admin]));

  function siteOf(text: string): string | undefined {
    if (siteById.has(text)) return text;
    const named = sitesByName.get(folded(text)) ?? [];
    return named.length > 1 ? 'ambiguous' : named[0]?.id;
  }

  /** The name, where it leads to this site and no other. */
  function nameOf(siteId: string | null): string {
    const name = siteById.get(siteId ?? '')?.name ?? '';
    return siteOf(name) === siteId ? name : (siteId ?? '');
  }

  return {
    siteOf,
    supervisorOf: (text) => (adminById.get(text) ?? adminByEmail.get(folded(text)))?.id,
    written: ({ name, mobile_no, site_id, language, admin_id }) => ({
      name,
      mobile_no,
      site: nameOf(site_id),
      language: language ?? '',
      supervisor: adminById.get(admin_id ?? '')?.email || (admin_id ?? ''),
    }),
  };
}

/** As people repeat a name: in another case, with more or fewer spaces. */
function folded(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
