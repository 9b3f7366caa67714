import { z } from 'zod';
import { compile, contentOf } from '../../assistant/manual/compiled.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import { stored } from '../../paths.ts';
import { ETAG_HEADER, IfMatch } from '../etag.ts';
import { type Route, route } from '../route.ts';
import { versioned } from '../team/changes.ts';
import { type ManualVersion, ManualView } from './manual-record.ts';
import { readStored } from './manual-store.ts';
import { manualWork, notNow } from './manual-work.ts';
import type { ManualsOptions } from './manuals-routes.ts';
import { params, TAG } from './read-routes.ts';

/** A draft that is ready, and the second pair of eyes: what they read is what callers will hear. */
export function manualApproveRoutes(options: ManualsOptions): Route[] {
  const { firestore, hazards } = options;
  const work = manualWork(options);

  const submit = route({
    method: 'POST',
    path: '/api/manuals/{manual_id}/submit',
    summary: 'Say that a draft is ready: it waits until somebody else approves it',
    tag: TAG,
    access: 'supervisor',
    params,
    headers: IfMatch,
    answers: { 200: { description: 'The manual.', schema: ManualView, headers: ETAG_HEADER } },
    async handle(asked) {
      const { view } = await work(asked, 'manual.submitted', async (manual) => {
        const { transaction, version, deed } = manual;
        if (version.status !== 'draft') throw notNow(version, 'Only a draft waits for approval');
        const submitted = { submitted: deed };
        transaction.update(manual.reference(version.version), submitted);
        return { head: manual.head, version: { ...version, ...submitted } };
      });
      return versioned(view);
    },
  });

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
    answers: { 200: { description: 'The manual.', schema: ManualView, headers: ETAG_HEADER } },
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

  return [submit, approve];
}
