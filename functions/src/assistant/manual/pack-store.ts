import type { Firestore } from 'firebase-admin/firestore';
import { stored } from '../../paths.ts';
import { type Compiled, Manifest, type ManifestEntry, readContent } from './compiled.ts';

/** What Firestore holds of a company's pack can't be what was published: it must not be spoken. */
export class MalformedPack extends Error {
  readonly code = 'malformed_pack';
}

/** Undefined for a company that never published a manual. Throws {@link MalformedPack}. */
export async function readManifest(
  firestore: Firestore,
  companyId: string,
): Promise<Manifest | undefined> {
  const document = await firestore.doc(stored.manualPack(companyId)).get();
  if (!document.exists) return undefined;
  const manifest = Manifest.safeParse(document.data());
  if (manifest.success) return manifest.data;
  throw new MalformedPack('A pack of manuals does not have its form.', { cause: manifest.error });
}

/** In the order of the entries. Throws {@link MalformedPack}. */
export async function readContents(
  firestore: Firestore,
  companyId: string,
  entries: readonly ManifestEntry[],
): Promise<Compiled[]> {
  if (entries.length === 0) return [];
  const references = entries.map(({ id, version }) =>
    firestore.doc(stored.manualContent(companyId, id, version)),
  );
  const documents = await firestore.getAll(...references);
  return entries.map((entry, at) => {
    try {
      return readContent(documents[at]?.data(), entry);
    } catch (cause) {
      throw new MalformedPack('A manual of a pack does not have its form.', { cause });
    }
  });
}
