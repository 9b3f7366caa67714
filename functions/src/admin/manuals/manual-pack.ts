import type { DocumentData, Firestore, Transaction } from 'firebase-admin/firestore';
import { goesWith } from '../../assistant/manual/assemble.ts';
import { Manifest, type ManifestEntry, readContent } from '../../assistant/manual/compiled.ts';
import type { Procedure } from '../../assistant/manual/manual.ts';
import type { Pack } from '../../assistant/manual/packs.ts';
import { BASE_LANGUAGE } from '../../assistant/manual/passages.ts';
import { stored } from '../../paths.ts';
import { conflict } from '../team/changes.ts';
import { readRecord } from './manual-record.ts';

/** What one company's pack may hold: instances keep many packs in memory. */
const MOST_MANUALS = 100;
/** Characters of compiled manuals. */
const LARGEST_PACK = 1_000_000;

export interface PackChange {
  /** As groundings name it: `demo@7`. */
  version: string;
  /** Translations that do not go with the English card any more, and are not spoken. */
  left_out: string[];
}

/**
 * Puts manuals into a company's pack, or takes them out, in the transaction that says so of them: the
 * pack is a list of versions that never change, so nothing has to be compiled afterwards, and no crash
 * can come in between. Instances load what they lack of it.
 *
 * @throws AuroraError 409 `pack_too_large`
 */
export async function changePack(
  transaction: Transaction,
  firestore: Firestore,
  { companyId, embedded }: { companyId: string; embedded: Pack },
  replace: (manuals: readonly ManifestEntry[]) => ManifestEntry[],
): Promise<{ change: PackChange; write(): void }> {
  const pointer = firestore.doc(stored.manualPack(companyId));
  const document = await transaction.get(pointer);
  const known = document.exists ? readRecord(Manifest, document) : { version: 0, manuals: [] };
  const manuals = replace(known.manuals).sort((a, b) => (a.id < b.id ? -1 : 1));
  const size = manuals.reduce((sum, each) => sum + each.size, 0);
  if (manuals.length > MOST_MANUALS || size > LARGEST_PACK) {
    throw conflict(
      'pack_too_large',
      `At most ${MOST_MANUALS} manuals of ${LARGEST_PACK / 1_000} kB together can be published. Withdraw others first.`,
    );
  }
  const manifest: Manifest = { version: known.version + 1, manuals };
  const left_out = await notGoing(transaction, firestore, { companyId, embedded, manuals });
  return {
    change: { version: `${companyId}@${manifest.version}`, left_out },
    write() {
      const fields: DocumentData = { company_id: companyId, ...manifest };
      transaction.set(pointer, fields);
      const kept = stored.manualPackVersion(companyId, manifest.version);
      transaction.create(firestore.doc(kept), fields);
    },
  };
}

async function notGoing(
  transaction: Transaction,
  firestore: Firestore,
  pack: { companyId: string; embedded: Pack; manuals: readonly ManifestEntry[] },
): Promise<string[]> {
  const { companyId, embedded, manuals } = pack;
  const isTranslation = ({ id }: ManifestEntry) =>
    embedded.procedures.has(hazardOf(id)) && !isEnglish(id);
  const hazards = new Set(manuals.filter(isTranslation).map(({ id }) => hazardOf(id)));
  const entries = manuals.filter(({ id }) => hazards.has(hazardOf(id)));
  if (entries.length === 0) return [];
  const documents = await transaction.getAll(
    ...entries.map(({ id, version }) =>
      firestore.doc(stored.manualContent(companyId, id, version)),
    ),
  );
  const cards = new Map<string, Procedure>();
  for (const [at, entry] of entries.entries()) {
    const content = readContent(documents[at]?.data(), entry);
    if (content.kind === 'card') cards.set(entry.id, content.card);
  }
  return entries.filter(isTranslation).flatMap(({ id }) => {
    const hazard = hazardOf(id);
    const english = cards.get(`${hazard}.${BASE_LANGUAGE}`) ?? embedded.procedures.get(hazard);
    const card = cards.get(id);
    return card && english && goesWith(card, english) ? [] : [id];
  });
}

function hazardOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

function isEnglish(id: string): boolean {
  return id.endsWith(`.${BASE_LANGUAGE}`);
}
