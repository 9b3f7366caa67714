import { type Firestore, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { Company } from '../../access/companies.ts';
import { stored } from '../../paths.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';

const DAY = 24 * 60 * 60 * 1_000;

const RetentionView = z
  .object({
    days: z.number().int(),
    ended_before: z.string(),
    due: z.number().int().meta({ description: 'Calls that would be removed, from tonight on.' }),
    held: z.number().int().meta({ description: 'Calls of that age that a legal hold keeps.' }),
  })
  .meta({ id: 'Retention' });

export interface RetentionOptions {
  firestore: Firestore;
  /** Epoch milliseconds. */
  now: () => number;
}

export type RetentionView = z.infer<typeof RetentionView>;

/** What keeping calls for so many days would remove: to be asked before it is set. */
export function retentionRoute({ firestore, now }: RetentionOptions): Route {
  return route({
    method: 'GET',
    path: '/api/company/retention',
    summary: 'How many calls would be removed if they were kept for so many days',
    tag: 'Company',
    access: 'company_admin',
    query: z.object({
      days: z.coerce.number().pipe(Company.shape.retention_days.unwrap()),
    }),
    answers: { 200: { description: 'What would go.', schema: RetentionView } },
    async handle({ principal: { companyId }, query: { days } }) {
      const endedBefore = new Date(now() - days * DAY);
      const past = Timestamp.fromDate(endedBefore);
      const calls = firestore
        .collection(stored.calls)
        .where('company_id', '==', companyId)
        .where('ended_at', '<', past);
      const [counted, held] = await available(
        Promise.all([calls.count().get(), heldBefore(companyId, past)]),
      );
      const due = Math.max(0, counted.data().count - held);
      return { body: { days, ended_before: endedBefore.toISOString(), due, held } };
    },
  });

  async function heldBefore(companyId: string, past: Timestamp): Promise<number> {
    const holds = firestore.collection(stored.legalHolds).where('company_id', '==', companyId);
    const { docs } = await holds.select().get();
    if (docs.length === 0) return 0;
    const calls = await firestore.getAll(...docs.map(({ id }) => firestore.doc(stored.call(id))));
    return calls.filter((call) => {
      const ended: unknown = call.get('ended_at');
      return ended instanceof Timestamp && ended < past && call.get('company_id') === companyId;
    }).length;
  }
}
