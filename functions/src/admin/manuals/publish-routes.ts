import { z } from 'zod';
import { stored } from '../../paths.ts';
import { ETAG_HEADER, IfMatch } from '../etag.ts';
import { type Answer, type Route, route } from '../route.ts';
import { conflict, versioned } from '../team/changes.ts';
import { Line } from '../team/fields.ts';
import { changePack } from './manual-pack.ts';
import { ManualView } from './manual-record.ts';
import { findManual } from './manual-store.ts';
import { type Done, manualWork, notNow } from './manual-work.ts';
import type { ManualsOptions } from './manuals-routes.ts';
import { params, TAG } from './read-routes.ts';

const PackView = z.object({
  version: z.string().meta({ description: 'As the grounding of replies names it.' }),
  left_out: z.array(z.string()).meta({
    description:
      'Translations of cards that are not spoken, for they differ from the English card.',
  }),
});
const WithPack = z.object({ manual: ManualView, pack: PackView.nullable() });
const IN_FORCE = {
  description: 'The manual, and the pack that holds within a minute; null where it did not change.',
  schema: WithPack,
  headers: ETAG_HEADER,
};

/** What callers hear, and what they hear no more. */
export function manualPublishRoutes(options: ManualsOptions): Route[] {
  const { firestore, embedded } = options;
  const work = manualWork(options);

  const publish = route({
    method: 'POST',
    path: '/api/manuals/{manual_id}/publish',
    summary: 'Publish what was approved: within a minute callers hear it in place of the old one',
    tag: TAG,
    access: 'supervisor',
    params,
    headers: IfMatch,
    answers: { 200: IN_FORCE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const target = asked.params.manual_id;
      return inForce(
        await work(asked, 'manual.published', async (manual) => {
          const { transaction, head, version, deed } = manual;
          if (version.status !== 'approved') {
            throw notNow(version, 'Only what somebody else has approved can be published');
          }
          const path = stored.manualContent(companyId, target, version.version);
          const content = await transaction.get(firestore.doc(path));
          const entry = {
            id: target,
            version: version.version,
            hash: content.get('hash'),
            size: String(content.get('json')).length,
          };
          const pack = await changePack(
            transaction,
            firestore,
            { companyId, embedded },
            (manuals) => [...manuals.filter(({ id }) => id !== target), entry],
          );
          if (pack.change.left_out.includes(target)) {
            throw conflict(
              'translation_differs',
              'This card does not go with the English one: urgency, danger_to_helpers and the numbers of steps and questions must be the same.',
            );
          }
          pack.write();
          if (head.published_version !== null) {
            transaction.update(manual.reference(head.published_version), { status: 'replaced' });
          }
          const published = { status: 'published', published: deed } as const;
          transaction.update(manual.reference(version.version), published);
          const newHead = { ...head, published_version: version.version };
          transaction.set(firestore.doc(stored.manual(companyId, target)), newHead);
          return { head: newHead, version: { ...version, ...published }, pack: pack.change };
        }),
      );
    },
  });

  const withdraw = route({
    method: 'POST',
    path: '/api/manuals/{manual_id}/withdraw',
    summary: 'Withdraw what is published: within a minute nobody hears it. Else the newest version',
    tag: TAG,
    access: 'supervisor',
    params,
    headers: IfMatch,
    body: z.strictObject({ reason: Line(500) }),
    answers: { 200: IN_FORCE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const target = asked.params.manual_id;
      const { reason } = asked.body;
      return inForce(
        await work(asked, 'manual.withdrawn', async (manual) => {
          const { transaction, head, deed } = manual;
          const isPublished = head.published_version !== null;
          const { version } =
            head.published_version === null || head.published_version === head.version
              ? manual
              : await findManual(
                  firestore,
                  transaction.get.bind(transaction),
                  companyId,
                  target,
                  head.published_version,
                );
          if (version.status === 'withdrawn') {
            throw notNow(version, 'There is nothing left to withdraw');
          }
          const pack = isPublished
            ? await changePack(transaction, firestore, { companyId, embedded }, (manuals) =>
                manuals.filter(({ id }) => id !== target),
              )
            : undefined;
          pack?.write();
          const withdrawn = { status: 'withdrawn', withdrawn: { ...deed, reason } } as const;
          transaction.update(manual.reference(version.version), withdrawn);
          const newHead = { ...head, published_version: null };
          transaction.set(firestore.doc(stored.manual(companyId, target)), newHead);
          const after = { ...version, ...withdrawn };
          return {
            head: newHead,
            was: version,
            version: after,
            ...(pack && { pack: pack.change }),
          };
        }),
      );
    },
  });

  return [publish, withdraw];
}

function inForce({ view, done }: { view: ManualView; done: Done }): Answer {
  return { ...versioned(view), body: { manual: view, pack: done.pack ?? null } };
}
