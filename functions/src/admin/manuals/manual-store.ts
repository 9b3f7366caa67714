import type { DocumentReference, DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { Timestamp } from 'firebase-admin/firestore';
import { readAdmin } from '../../access/admin-record.ts';
import type { Principal } from '../../access/gate.ts';
import { type ManualDocument, readDocument } from '../../assistant/manual/document.ts';
import { hashOf, type Passage, passagesOf } from '../../assistant/manual/passages.ts';
import { stored } from '../../paths.ts';
import { InvalidRequest, internal } from '../answer-error.ts';
import { available } from '../available.ts';
import { notFound } from '../team/changes.ts';
import { type Deed, ManualHead, ManualVersion, readRecord } from './manual-record.ts';

/** A manual with one of its versions. */
export interface Found {
  head: ManualHead;
  version: ManualVersion;
}

/** Reads one document: at once, or in a transaction. */
export type Read = (reference: DocumentReference) => Promise<DocumentSnapshot>;

export const readNow: Read = (reference) => available(reference.get());

/** The manual with its newest version, or with the one that is named; 404 where there is none. */
export async function findManual(
  firestore: Firestore,
  read: Read,
  companyId: string,
  manualId: string,
  version?: number,
): Promise<Found> {
  const document = await read(firestore.doc(stored.manual(companyId, manualId)));
  if (document.get('company_id') !== companyId) throw notFound('manual');
  const head = readRecord(ManualHead, document);
  const wanted = version ?? head.version;
  const path = stored.manualVersion(companyId, manualId, wanted);
  const found = await read(firestore.doc(path));
  if (!found.exists) throw notFound('version of the manual');
  return { head, version: readRecord(ManualVersion, found) };
}

/** Who does this, and now. */
export async function deedOf(
  firestore: Firestore,
  read: Read,
  { adminId, role }: Principal,
  now: number,
): Promise<Deed> {
  const admin = readAdmin(await read(firestore.doc(stored.admin(adminId))));
  const name = admin?.name.trim() || adminId;
  return { id: adminId, name, role, at: Timestamp.fromMillis(now) };
}

/** Reads the text of an upload; 400 tells each line that can't be spoken, and why. */
export function readUpload(
  text: string,
  version: number,
  hazards: ReadonlySet<string>,
): ManualDocument {
  const { document, problems } = readDocument(text, { version, hazards });
  if (document) return document;
  throw new InvalidRequest(
    'The manual cannot be spoken as it is. Mend the lines that are named in details.',
    problems.map(({ line, message }) => ({ path: `text, line ${line}`, message })),
  );
}

/** What was stored could be read when it was uploaded; if it can't any more, that is our fault. */
export function readStored(
  { text, version }: ManualVersion,
  hazards: ReadonlySet<string>,
): ManualDocument {
  const { document, problems } = readDocument(text ?? '', { version, hazards });
  if (document) return document;
  throw internal(new Error(`A stored manual: line ${problems[0]?.line}, ${problems[0]?.message}`));
}

/** What a version is described by: everything but its text's fate. */
export function fieldsOf(document: ManualDocument, text: string) {
  const { title, source } = headOf(document);
  return {
    kind: document.kind,
    title,
    source,
    text,
    hash: hashOf(text),
    passages: passagesIn(document).length,
  };
}

export function headOf(document: ManualDocument) {
  const { id, language, title, source } = document.kind === 'card' ? document.card : document.guide;
  return { id, language, title, source };
}

export function passagesIn(document: ManualDocument): readonly Passage[] {
  return document.kind === 'card' ? passagesOf(document.card) : document.guide.passages;
}
