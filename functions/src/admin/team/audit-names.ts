import type { DocumentReference, DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { stored } from '../../paths.ts';
import { available } from '../available.ts';
import { AuditView } from './audit-view.ts';
import { RecordId, SiteId } from './fields.ts';

export const NamedEntry = AuditView.extend({
  who_name: z.string().nullable().meta({
    description: 'The name of the supervisor or key; null where nobody knows it any more.',
  }),
  target_name: z.string().nullable().meta({
    description: 'The name that it had then, else the one that it has now.',
  }),
}).meta({ id: 'NamedAuditEntry' });
export type NamedEntry = z.infer<typeof NamedEntry>;

/** Says of entries of one company by name who did it, and to what. */
export interface AuditNames {
  /** Looks up those that are not known yet. */
  learn(entries: readonly AuditView[]): Promise<void>;
  name(entry: AuditView): NamedEntry;
}

/** Records whose name is looked up; what else people act on has none, or is named in the entry. */
type Kept = 'admin' | 'api_key' | 'site' | 'worker';

/** What the first word of an action is about, where entries don't name it themselves. */
const NOUNS: Record<string, Kept> = {
  admin: 'admin',
  session: 'admin',
  link: 'admin',
  api_key: 'api_key',
  site: 'site',
  worker: 'worker',
};

/** Documents that are asked for at once. */
const AT_ONCE = 200;
/** Removed supervisors among them whose name is looked for. */
const MOST_GONE = 50;

export function createAuditNames(firestore: Firestore, companyId: string): AuditNames {
  const known = new Map<string, string | null>();

  async function learn(entries: readonly AuditView[]): Promise<void> {
    const asked = entries.flatMap((entry) => [whoPath(entry), targetPath(entry)]);
    const paths = [...new Set(asked)].filter((path) => path !== undefined && !known.has(path));
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      const references = paths.slice(at, at + AT_ONCE).map((path) => firestore.doc(path as string));
      const fieldMask = ['name', 'company_id'];
      const found = await available(firestore.getAll(...references, { fieldMask }));
      for (const document of found) known.set(document.ref.path, nameIn(document));
      const gone = found.filter(({ exists, ref }) => !exists && ref.parent.id === stored.admins);
      await Promise.all(gone.slice(0, MOST_GONE).map(({ ref }) => learnGone(ref)));
    }
  }

  /** Whoever was removed is named by the entry that tells so. */
  async function learnGone({ id, path }: DocumentReference): Promise<void> {
    const entry = firestore
      .collection(stored.auditLog)
      .where('company_id', '==', companyId)
      .where('action', '==', 'admin.removed')
      .where('target', '==', id)
      .orderBy('at', 'desc')
      .limit(1);
    const [removed] = (await available(entry.get())).docs;
    const name: unknown = removed?.get('before.name');
    if (typeof name === 'string' && name.trim() !== '') known.set(path, name);
  }

  function name(entry: AuditView): NamedEntry {
    return {
      ...entry,
      who_name: kept(whoPath(entry)),
      target_name: recordedName(entry) ?? kept(targetPath(entry)),
    };
  }

  const kept = (path: string | undefined) =>
    path === undefined ? null : (known.get(path) ?? null);

  function whoPath({ who }: AuditView): string | undefined {
    return who.kind === 'admin' || who.kind === 'api_key' ? pathOf(who.kind, who.id) : undefined;
  }

  function targetPath(entry: AuditView): string | undefined {
    const kind = NOUNS[entry.action.split('.')[0] ?? ''];
    if (kind === undefined || recordedName(entry) !== null) return undefined;
    return pathOf(kind, entry.target);
  }

  function pathOf(kind: Kept, id: string): string | undefined {
    if (!(kind === 'site' ? SiteId : RecordId).safeParse(id).success) return undefined;
    if (kind === 'site') return stored.site(companyId, id);
    if (kind === 'worker') return stored.worker(id);
    return kind === 'admin' ? stored.admin(id) : stored.apiKey(id);
  }

  /** Sites stand under their company; all others say whose they are. */
  function nameIn(document: DocumentSnapshot): string | null {
    const isOwn =
      document.ref.path.startsWith(`${stored.company(companyId)}/`) ||
      document.get('company_id') === companyId;
    const text: unknown = document.get('name');
    return isOwn && typeof text === 'string' && text.trim() !== '' ? text : null;
  }

  return { learn, name };
}

function recordedName({ before, after }: AuditView): string | null {
  const named = z.object({ name: z.string().trim().min(1) });
  return (named.safeParse(after).data ?? named.safeParse(before).data)?.name ?? null;
}
