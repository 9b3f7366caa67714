import type { DocumentReference, Transaction } from 'firebase-admin/firestore';
import { z } from 'zod';
import { compile, contentOf } from '../../assistant/manual/compiled.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import { stored } from '../../paths.ts';
import { doer } from '../audit.ts';
import { available } from '../available.ts';
import { ETAG_HEADER, IfMatch, requireUnchanged } from '../etag.ts';
import { type Answer, type Route, route, type SignedInAsked } from '../route.ts';
import { change, conflict, versioned } from '../team/changes.ts';
import { Line } from '../team/fields.ts';
import { changePack } from './manual-pack.ts';
import {
  type Deed,
  type ManualHead,
  type ManualVersion,
  ManualView,
  viewManual,
} from './manual-record.ts';
import { deedOf, findManual, readStored } from './manual-store.ts';
import type { ManualsOptions } from './manuals-routes.ts';
import { params, TAG } from './read-routes.ts';

const ONE = { description: 'The manual.', schema: ManualView, headers: ETAG_HEADER };

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

/** A manual in the hands of somebody who does something with it. */
interface Work {
  transaction: Transaction;
  head: ManualHead;
  version: ManualVersion;
  deed: Deed;
  timeZone: string;
  /** Of a version of the manual. */
  reference(version: number): DocumentReference;
}

/** What has become of it; `was` where it is another version than the newest. */
interface Done {
  head: ManualHead;
  version: ManualVersion;
  was?: ManualVersion;
}

type Asked = SignedInAsked<z.infer<typeof params>, unknown, unknown, z.infer<typeof IfMatch>>;

/** From the draft to what callers hear, and back. */
export function manualLifecycleRoutes(options: ManualsOptions): Route[] {
  const { firestore, audit, companies, hazards, embedded, now } = options;

  const approve = route({
    method: 'POST',
    path: '/api/manuals/{manual_id}/approve',
    summary: 'Approve a draft that you have read and not written: you become its reviewer',
    tag: TAG,
    access: 'supervisor',
    params,
    headers: IfMatch,
    body: z.strictObject({
      hash: z
        .string()
        .regex(/^[0-9a-f]{12}$/, 'is no hash of a manual')
        .meta({ description: 'Of the text that you have read: other words are not approved.' }),
    }),
    answers: { 200: ONE },
    async handle(asked) {
      const { companyId, adminId } = asked.principal;
      const target = asked.params.manual_id;
      const { view } = await work(asked, 'manual.approved', async (manual) => {
        const { transaction, version, deed, timeZone } = manual;
        if (version.status !== 'draft') throw notNow(version, 'Only a draft can be approved');
        if (version.hash !== asked.body.hash) {
          throw new AuroraError(
            412,
            'changed_meanwhile',
            'The draft has other words than those that you have read. Read it again, then decide.',
          );
        }
        if (version.authors.some(({ id }) => id === adminId)) {
          throw new AuroraError(
            403,
            'own_work',
            'You have written this draft yourself. Somebody else has to read and approve it.',
          );
        }
        const day = isoInZone(deed.at.toMillis(), timeZone).slice(0, 10);
        const reviewer = `${deed.name}, ${deed.role}, ${day}`;
        const content = contentOf(compile(readStored(version, hazards), reviewer));
        const path = stored.manualContent(companyId, target, version.version);
        transaction.set(firestore.doc(path), { company_id: companyId, ...content });
        const approved: ManualVersion = { ...version, status: 'approved', approved: deed };
        transaction.update(manual.reference(version.version), {
          status: 'approved',
          approved: deed,
        });
        return { head: manual.head, version: approved };
      });
      return versioned(view);
    },
  });

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

  /** Does something with a manual's newest version, in one transaction with its entry in the audit log. */
  async function work<T extends Done>(
    asked: Asked,
    action: `manual.${string}`,
    act: (manual: Work) => Promise<T>,
  ): Promise<{ view: ManualView; done: T }> {
    const { companyId } = asked.principal;
    const target = asked.params.manual_id;
    const timeZone = (await available(companies.of(companyId))).time_zone;
    return change(firestore, async (transaction) => {
      const read = transaction.get.bind(transaction);
      const { head, version } = await findManual(firestore, read, companyId, target);
      requireUnchanged(asked.headers['if-match'], viewManual(target, head, version, timeZone));
      const deed = await deedOf(firestore, read, asked.principal, now());
      const reference = (each: number) =>
        firestore.doc(stored.manualVersion(companyId, target, each));
      const done = await act({ transaction, head, version, deed, timeZone, reference });
      const before = viewManual(target, head, done.was ?? version, timeZone);
      const view = viewManual(target, done.head, done.version, timeZone);
      const entry = { action, target, before, after: view } as const;
      audit.recordIn(transaction, { ...doer(asked), ...entry });
      return { view, done };
    });
  }

  return [approve, publish, withdraw];
}

function inForce({ view, done }: { view: ManualView; done: object }): Answer {
  const { pack = null } = done as { pack?: z.infer<typeof PackView> };
  return { ...versioned(view), body: { manual: view, pack } };
}

function notNow({ version, status }: ManualVersion, rule: string): AuroraError {
  return conflict('wrong_status', `${rule}; version ${version} is ${status}.`);
}
