import { isDeepStrictEqual } from 'node:util';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { type Companies, Company, Targets } from '../../access/companies.ts';
import { ReachingPolicy } from '../../access/reaching-policy.ts';
import { stored } from '../../paths.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { ETAG_HEADER, etagOf, IfMatch, requireUnchanged } from '../etag.ts';
import { type Route, route } from '../route.ts';
import { change, changed, updates } from './changes.ts';
import { companyIn } from './company-settings.ts';
import { EmergencyNumber, Language, Line, textOrNull } from './fields.ts';

const RETENTION =
  'Days after which calls that are over are removed; null keeps them. Calls under a legal hold stay.';

const Settings = z.object({
  ...Company.shape,
  languages: Company.shape.languages.meta({ description: 'BCP 47; calls begin in the first one.' }),
  emergency_number: z.string().nullable().meta({
    description: 'Told to callers; null: the number of this installation.',
  }),
  visibility: Company.shape.visibility.meta({
    description:
      'company: every supervisor sees every call. own: the calls of their own workers, and those that are critical, of unknown callers, or held by somebody.',
  }),
  retention_days: z.number().int().nullable().meta({ description: RETENTION }),
});
type Settings = z.infer<typeof Settings>;

const CompanyView = Settings.extend({
  id: z.string(),
  numbers: z
    .array(z.object({ number: z.string(), site_id: z.string().nullable() }))
    .meta({ description: 'What people dial to reach Aurora; the operator assigns them.' }),
}).meta({ id: 'Company' });
export type CompanyView = z.infer<typeof CompanyView>;

const TimeZone = z
  .string()
  .max(64)
  .refine(
    (name) =>
      /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name) && IANAZone.isValidZone(name),
    'must be the name of an IANA zone, such as Asia/Kolkata',
  );

const CompanyChange = z
  .strictObject({
    name: Line(200),
    time_zone: TimeZone,
    languages: z.array(Language).min(1).max(10),
    emergency_number: EmergencyNumber.nullable(),
    visibility: Company.shape.visibility.unwrap(),
    retention_days: Company.shape.retention_days
      .unwrap()
      .nullable()
      .meta({ description: RETENTION }),
    reaching: ReachingPolicy.meta({
      description: 'Who is fetched, in which order, and when. Sent whole: it replaces what was.',
    }),
    targets: Targets.meta({
      description: 'Times in which calls should be answered. Sent whole: it replaces what was.',
    }),
    require_totp: z
      .boolean()
      .meta({ description: 'Whether a second factor is needed to sign in.' }),
  })
  .partial();

const ONE = { description: 'The company.', schema: CompanyView, headers: ETAG_HEADER };

export interface CompanyOptions {
  firestore: Firestore;
  audit: Audit;
  companies: Pick<Companies, 'forget'>;
}

/** The company's own settings. */
export function companyRoutes({ firestore, audit, companies }: CompanyOptions): Route[] {
  const document = (companyId: string) => firestore.doc(stored.company(companyId));

  async function answer(companyId: string, settings: Settings) {
    const numbers = await available(numbersOf(companyId));
    const body = { id: companyId, ...settings, numbers };
    return { body, headers: { ETag: etagOf(settings) } };
  }

  async function numbersOf(companyId: string) {
    const mine = firestore.collection(stored.numbers).where('company_id', '==', companyId);
    const { docs } = await mine.get();
    return docs.map((number) => ({
      number: number.id,
      site_id: textOrNull(number.get('site_id')),
    }));
  }

  return [
    route({
      method: 'GET',
      path: '/api/company',
      summary: 'Your company: its settings and the numbers that people dial',
      tag: 'Company',
      access: 'viewer',
      answers: { 200: ONE },
      async handle({ principal: { companyId } }) {
        return answer(companyId, settingsOf(await available(document(companyId).get())));
      },
    }),
    route({
      method: 'PATCH',
      path: '/api/company',
      summary: 'Change the company’s settings; within 10 s they hold everywhere',
      tag: 'Company',
      access: 'company_admin',
      headers: IfMatch,
      body: CompanyChange,
      answers: { 200: ONE },
      async handle(asked) {
        const { companyId } = asked.principal;
        const settings = await change(firestore, async (transaction) => {
          const known = await transaction.get(document(companyId));
          const before = settingsOf(known);
          requireUnchanged(asked.headers['if-match'], before);
          const after = changed(before, asked.body);
          if (isDeepStrictEqual(before, after)) return before;
          transaction.set(document(companyId), updates(asked.body), { merge: true });
          const entry = { action: 'company.changed', target: companyId, before, after } as const;
          audit.recordIn(transaction, { ...doer(asked), ...entry });
          return after;
        }).finally(() => companies.forget(companyId));
        return answer(companyId, settings);
      },
    }),
  ];
}

function settingsOf(document: DocumentSnapshot): Settings {
  const { emergency_number, retention_days, ...others } = companyIn(document);
  return {
    ...others,
    emergency_number: emergency_number ?? null,
    retention_days: retention_days ?? null,
  };
}
