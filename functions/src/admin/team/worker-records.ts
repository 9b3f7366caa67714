import type { DocumentData, Firestore, Transaction } from 'firebase-admin/firestore';
import { z } from 'zod';
import { e164Of, workerNumberKey } from '../../access/phone-numbers.ts';
import { stored } from '../../paths.ts';
import { InvalidRequest } from '../answer-error.ts';
import { conflict } from './changes.ts';
import { Language, Line, RecordId, SiteId, textOrNull } from './fields.ts';

export const WorkerView = z
  .object({
    id: z.string(),
    name: z.string(),
    mobile_no: z.string().meta({ description: 'E.164. A caller with this number is the worker.' }),
    site_id: z.string().nullable(),
    admin_id: z.string().nullable().meta({ description: 'The supervisor who looks after them.' }),
    language: z.string().nullable().meta({ description: 'BCP 47.' }),
  })
  .meta({ id: 'Worker' });
export type WorkerView = z.infer<typeof WorkerView>;

const optional = {
  site_id: SiteId.nullable().optional(),
  admin_id: RecordId.nullable()
    .optional()
    .meta({ description: 'Under the policy own, this supervisor sees the calls of the worker.' }),
  language: Language.nullable().optional(),
};

const MobileNo = z.string().min(1).max(60).meta({
  description:
    'With + and the country code. Without it, the default country of this installation is meant; where there is none, the number is refused.',
});

export const NewWorker = z.strictObject({ name: Line(120), mobile_no: MobileNo, ...optional });
export const WorkerChange = NewWorker.partial();

export function viewWorker(id: string, data: DocumentData): WorkerView {
  return {
    id,
    name: textOrNull(data.name) ?? '',
    mobile_no: textOrNull(data.mobile_no) ?? '',
    site_id: textOrNull(data.site_id),
    admin_id: textOrNull(data.admin_id),
    language: textOrNull(data.language),
  };
}

/** The number as callers have it, or 400. */
export function numberOf(text: string, defaultCountry: string | undefined): string {
  const number = e164Of(text, defaultCountry);
  if (number !== undefined) return number;
  throw new InvalidRequest('This is no telephone number that somebody can call from.', [
    { path: 'mobile_no', message: 'must be a number with country code, such as +919812345678' },
  ]);
}

/**
 * Whether nobody else of the company has the number, checked in the transaction that takes it. The
 * claim is what two creations at once collide on; who has the number is asked of the workers, since
 * those of old have no claim, and a claim that somebody's removal by hand left behind holds nothing.
 */
export async function requireFree(
  transaction: Transaction,
  firestore: Firestore,
  { companyId, number, workerId }: { companyId: string; number: string; workerId: string },
): Promise<void> {
  const [, others] = await Promise.all([
    transaction.get(claimOf(firestore, companyId, number)),
    transaction.get(
      firestore
        .collection(stored.workers)
        .where('company_id', '==', companyId)
        .where('mobile_no', '==', number)
        .limit(2),
    ),
  ]);
  const holder = others.docs.find(({ id }) => id !== workerId);
  if (!holder) return;
  throw conflict(
    'number_taken',
    `The worker ${holder.id} of your company has this number. Change or remove that one first.`,
  );
}

export function claimOf(firestore: Firestore, companyId: string, number: string) {
  return firestore.doc(stored.workerNumber(workerNumberKey(companyId, number)));
}

/** That the company has the site and the admin whom a worker names, or 400. */
export async function requireKnown(
  transaction: Transaction,
  firestore: Firestore,
  companyId: string,
  {
    site_id,
    admin_id,
  }: { site_id?: string | null | undefined; admin_id?: string | null | undefined },
): Promise<void> {
  const [site, admin] = await Promise.all([
    site_id ? transaction.get(firestore.doc(stored.site(companyId, site_id))) : undefined,
    admin_id ? transaction.get(firestore.doc(stored.admin(admin_id))) : undefined,
  ]);
  const fields = [];
  if (site && !site.exists) fields.push({ path: 'site_id', message: 'is no site of your company' });
  if (admin && admin.get('company_id') !== companyId) {
    fields.push({ path: 'admin_id', message: 'is no supervisor of your company' });
  }
  if (fields.length) {
    throw new InvalidRequest('The worker names something that your company does not have.', fields);
  }
}
