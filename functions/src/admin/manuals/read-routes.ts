import { createTwoFilesPatch } from 'diff';
import { FieldPath } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Passage } from '../../assistant/manual/passages.ts';
import { stored } from '../../paths.ts';
import { available } from '../available.ts';
import { cursorOf, PageLimit, pageOf } from '../cursor.ts';
import { ETAG_HEADER, etagOf } from '../etag.ts';
import { type Route, route } from '../route.ts';
import { readPage } from '../team/pages.ts';
import {
  ManualHead,
  ManualId,
  ManualText,
  ManualVersion,
  ManualView,
  readRecord,
  VersionView,
  viewManual,
  viewVersion,
} from './manual-record.ts';
import { findManual, passagesIn, readNow, readStored } from './manual-store.ts';
import type { ManualsOptions } from './manuals-routes.ts';

export const TAG = 'Manuals';
export const params = z.object({ manual_id: ManualId });

const VersionNumber = z.coerce.number().int().min(1).max(999_999);
const oneVersion = z.object({
  version: VersionNumber.optional().meta({ description: 'Default: the newest.' }),
});

export const PassageView = z
  .object({
    id: z.string().meta({ description: 'As the grounding of a reply names it.' }),
    kind: z.enum(['step', 'warning', 'answer', 'section']),
    question: z.string(),
    text: z.string().meta({ description: 'As it is spoken.' }),
    hash: z.string(),
  })
  .meta({ id: 'Passage' });
export type PassageView = z.infer<typeof PassageView>;

export const Comparison = z.object({
  from: z.number(),
  to: z.number(),
  diff: z.string().nullable().meta({
    description: 'Unified diff of the texts; null where they are too different for that.',
  }),
});
export type Comparison = z.infer<typeof Comparison>;

/** Milliseconds for the comparison of two texts; of wholly different ones it takes the longest. */
const DIFF_PATIENCE = 2_000;

/** Columns of a version's record that lists show. */
const WITHOUT_TEXT = Object.keys(ManualVersion.shape).filter((name) => name !== 'text');

/** What manuals there are, their versions, and what can be spoken of them. */
export function manualReadRoutes({ firestore, companies, hazards }: ManualsOptions): Route[] {
  const find = (companyId: string, id: string, version?: number) =>
    findManual(firestore, readNow, companyId, id, version);
  const zoneOf = async (companyId: string) => (await available(companies.of(companyId))).time_zone;

  const list = route({
    method: 'GET',
    path: '/api/manuals',
    summary: 'The manuals of your company, by id, each with its newest version',
    tag: TAG,
    access: 'viewer',
    query: z.object({ cursor: cursorOf(ManualId).optional(), limit: PageLimit }),
    answers: { 200: { description: 'A page of manuals.', schema: pageOf(ManualView) } },
    async handle({ principal: { companyId }, query: { cursor, limit } }) {
      const own = firestore
        .collection(stored.manuals)
        .where('company_id', '==', companyId)
        .orderBy(FieldPath.documentId());
      const idOf = (documentId: string) => documentId.slice(companyId.length + 1);
      const page = await readPage({
        query: cursor ? own.startAfter(`${companyId}.${cursor}`) : own,
        limit,
        placeOf: ({ id }) => idOf(id),
        view: (document) => ({ id: idOf(document.id), head: readRecord(ManualHead, document) }),
      });
      const timeZone = await zoneOf(companyId);
      const references = page.items.map(({ id, head }) =>
        firestore.doc(stored.manualVersion(companyId, id, head.version)),
      );
      const versions =
        references.length === 0
          ? []
          : await available(firestore.getAll(...references, { fieldMask: WITHOUT_TEXT }));
      const items = page.items.flatMap(({ id, head }, at) => {
        const version = versions[at];
        if (!version?.exists) return [];
        return viewManual(id, head, readRecord(ManualVersion, version), timeZone);
      });
      return { body: { items, next_cursor: page.next_cursor } };
    },
  });

  const read = route({
    method: 'GET',
    path: '/api/manuals/{manual_id}',
    summary: 'One manual with its text: the newest version, or the one that you name',
    tag: TAG,
    access: 'viewer',
    params,
    query: oneVersion,
    answers: { 200: { description: 'The manual.', schema: ManualText, headers: ETAG_HEADER } },
    async handle({ principal: { companyId }, params: { manual_id }, query }) {
      const { head, version } = await find(companyId, manual_id, query.version);
      const view = viewManual(manual_id, head, version, await zoneOf(companyId));
      return { body: { ...view, text: version.text ?? '' }, headers: { ETag: etagOf(view) } };
    },
  });

  const passages = route({
    method: 'GET',
    path: '/api/manuals/{manual_id}/passages',
    summary: 'What can be spoken of a manual, piece by piece: the newest version, or the named one',
    tag: TAG,
    access: 'viewer',
    params,
    query: oneVersion,
    answers: { 200: { description: 'All passages, in order.', schema: pageOf(PassageView) } },
    async handle({ principal: { companyId }, params: { manual_id }, query }) {
      const { version } = await find(companyId, manual_id, query.version);
      const items = passagesIn(readStored(version, hazards)).map(viewPassage);
      return { body: { items, next_cursor: null } };
    },
  });

  const versions = route({
    method: 'GET',
    path: '/api/manuals/{manual_id}/versions',
    summary: 'All versions of a manual, the newest first',
    tag: TAG,
    access: 'viewer',
    params,
    query: z.object({ cursor: cursorOf(VersionNumber).optional(), limit: PageLimit }),
    answers: { 200: { description: 'A page of versions.', schema: pageOf(VersionView) } },
    async handle({ principal: { companyId }, params: { manual_id }, query: { cursor, limit } }) {
      await find(companyId, manual_id);
      const timeZone = await zoneOf(companyId);
      const newestFirst = firestore
        .collection(stored.manualVersions(companyId, manual_id))
        .orderBy('version', 'desc')
        .select(...WITHOUT_TEXT);
      const body = await readPage({
        query: cursor === undefined ? newestFirst : newestFirst.startAfter(cursor),
        limit,
        placeOf: (document) => document.get('version'),
        view: (document) => viewVersion(readRecord(ManualVersion, document), timeZone),
      });
      return { body };
    },
  });

  const compare = route({
    method: 'GET',
    path: '/api/manuals/{manual_id}/compare',
    summary: 'What one version of a manual says in other words than another',
    tag: TAG,
    access: 'viewer',
    params,
    query: z.object({
      from: VersionNumber.optional().meta({
        description: 'Default: the version that callers hear, or else the one before.',
      }),
      to: VersionNumber.optional().meta({ description: 'Default: the newest.' }),
    }),
    answers: { 200: { description: 'The difference.', schema: Comparison } },
    async handle({ principal: { companyId }, params: { manual_id }, query }) {
      const after = await find(companyId, manual_id, query.to);
      const to = after.version.version;
      const from = query.from ?? after.head.published_version ?? Math.max(1, to - 1);
      const before = await find(companyId, manual_id, from);
      const named = ({ version }: typeof before) => `${manual_id} version ${version.version}`;
      const texts = [before.version.text ?? '', after.version.text ?? ''] as const;
      const names = [named(before), named(after)] as const;
      const limits = { timeout: DIFF_PATIENCE };
      const diff = createTwoFilesPatch(...names, ...texts, undefined, undefined, limits) ?? null;
      return { body: { from, to, diff } };
    },
  });

  return [list, read, passages, versions, compare];
}

export function viewPassage({ id, kind, question, text, hash }: Passage): PassageView {
  return { id, kind, question, text, hash };
}
