import { z } from 'zod';
import { manualIdOf } from '../../assistant/manual/compiled.ts';
import { LARGEST_DOCUMENT } from '../../assistant/manual/document.ts';
import { stored } from '../../paths.ts';
import { doer } from '../audit.ts';
import { available } from '../available.ts';
import { ETAG_HEADER, IfMatch, requireUnchanged } from '../etag.ts';
import { type Route, route } from '../route.ts';
import { change, conflict, versioned } from '../team/changes.ts';
import {
  ManualHead,
  type ManualVersion,
  ManualView,
  readRecord,
  viewManual,
} from './manual-record.ts';
import { deedOf, fieldsOf, findManual, headOf, readUpload } from './manual-store.ts';
import type { ManualsOptions } from './manuals-routes.ts';
import { params, TAG } from './read-routes.ts';

/** Bytes: JSON escapes line breaks and quotes. */
const LARGEST_UPLOAD = 2 * LARGEST_DOCUMENT + 1_000;

const Upload = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(LARGEST_DOCUMENT)
    .meta({ description: 'Markdown with a head: id, title, source, and language where not en.' }),
});

const ONE = { description: 'The manual.', schema: ManualView, headers: ETAG_HEADER };

/** Writing manuals. Nothing of it reaches a caller. */
export function manualUploadRoutes(options: ManualsOptions): Route[] {
  const { firestore, audit, companies, hazards, now } = options;

  const upload = route({
    method: 'POST',
    path: '/api/manuals',
    summary: 'Upload a manual or a card as a draft: a new one, or the next version of one',
    tag: TAG,
    access: 'supervisor',
    headers: IfMatch,
    body: Upload,
    largestBody: LARGEST_UPLOAD,
    answers: { 201: ONE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const { text } = asked.body;
      const first = readUpload(text, 1, hazards);
      const { id: document, language } = headOf(first);
      const target = manualIdOf(document, language);
      const { time_zone } = await available(companies.of(companyId));
      const reference = firestore.doc(stored.manual(companyId, target));
      const view = await change(firestore, async (transaction) => {
        const read = transaction.get.bind(transaction);
        const found = await transaction.get(reference);
        const known = found.exists ? readRecord(ManualHead, found) : undefined;
        const before =
          known && (await findManual(firestore, read, companyId, target, known.version)).version;
        // Of a manual that is there: the version that its writer has seen is still the newest.
        if (known && before) {
          requireUnchanged(asked.headers['if-match'], viewManual(target, known, before, time_zone));
        }
        const author = await deedOf(firestore, read, asked.principal, now());
        const number = (known?.version ?? 0) + 1;
        const version: ManualVersion = {
          company_id: companyId,
          version: number,
          status: 'draft',
          ...fieldsOf(first, text),
          authors: [author],
          submitted: null,
          approved: null,
          published: null,
          withdrawn: null,
        };
        const head: ManualHead = {
          company_id: companyId,
          version: number,
          published_version: known?.published_version ?? null,
        };
        transaction.set(reference, head);
        const pathOf = (each: number) => stored.manualVersion(companyId, target, each);
        transaction.create(firestore.doc(pathOf(number)), version);
        if (before && (before.status === 'draft' || before.status === 'approved')) {
          transaction.update(firestore.doc(pathOf(before.version)), { status: 'replaced' });
        }
        const after = viewManual(target, head, version, time_zone);
        audit.recordIn(transaction, { ...doer(asked), action: 'manual.uploaded', target, after });
        return after;
      });
      return versioned(view, 201);
    },
  });

  const rewrite = route({
    method: 'PATCH',
    path: '/api/manuals/{manual_id}',
    summary: 'Write a draft anew; whoever does so becomes one of its authors',
    tag: TAG,
    access: 'supervisor',
    params,
    headers: IfMatch,
    body: Upload,
    largestBody: LARGEST_UPLOAD,
    answers: { 200: ONE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const target = asked.params.manual_id;
      const { text } = asked.body;
      const { time_zone } = await available(companies.of(companyId));
      const view = await change(firestore, async (transaction) => {
        const read = transaction.get.bind(transaction);
        const { head, version } = await findManual(firestore, read, companyId, target);
        const before = viewManual(target, head, version, time_zone);
        requireUnchanged(asked.headers['if-match'], before);
        if (version.status !== 'draft') {
          throw conflict(
            'not_a_draft',
            `Version ${version.version} is ${version.status}. Upload the next version: POST /api/manuals.`,
          );
        }
        const document = readUpload(text, version.version, hazards);
        const { id, language } = headOf(document);
        if (manualIdOf(id, language) !== target) {
          throw conflict(
            'another_manual',
            `The head says ${manualIdOf(id, language)}. Keep id and language, or upload it: POST /api/manuals.`,
          );
        }
        if (text === version.text) return before;
        const author = await deedOf(firestore, read, asked.principal, now());
        const others = version.authors.filter(({ id: other }) => other !== author.id);
        const rewritten: ManualVersion = {
          ...version,
          ...fieldsOf(document, text),
          authors: [...others, author],
          submitted: null,
        };
        const path = stored.manualVersion(companyId, target, version.version);
        transaction.set(firestore.doc(path), rewritten);
        const after = viewManual(target, head, rewritten, time_zone);
        const entry = { action: 'manual.changed', target, before, after } as const;
        audit.recordIn(transaction, { ...doer(asked), ...entry });
        return after;
      });
      return versioned(view);
    },
  });

  return [upload, rewrite];
}
