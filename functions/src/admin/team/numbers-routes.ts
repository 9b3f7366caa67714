import { isDeepStrictEqual } from 'node:util';
import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { LANGUAGE_TAG } from '../../calls/language-tags.ts';
import { stored } from '../../paths.ts';
import { InvalidRequest } from '../answer-error.ts';
import { type Audit, doer } from '../audit.ts';
import { available } from '../available.ts';
import { ETAG_HEADER, IfMatch, requireUnchanged } from '../etag.ts';
import { type Route, route } from '../route.ts';
import { change, changed, ownFields, updates, versioned } from './changes.ts';
import { Language, SiteId, textOrNull } from './fields.ts';

const TAG = 'Numbers';
const PATH = '/api/numbers/{number}';
const params = z.object({
  number: z.string().regex(/^\+[0-9]{2,15}$/, 'must be E.164, with its + written as %2B'),
});

const LANGUAGES = 'BCP 47; calls begin in the first one. null: the company’s.';

const NumberView = z
  .object({
    number: z.string().meta({ description: 'E.164: what people dial, and write to.' }),
    site_id: z.string().nullable().meta({ description: 'Where whoever dials it is.' }),
    languages: z.array(z.string()).nullable().meta({ description: LANGUAGES }),
  })
  .meta({ id: 'Number' });
export type NumberView = z.infer<typeof NumberView>;

const NumberChange = z
  .strictObject({
    site_id: SiteId.nullable(),
    languages: z.array(Language).min(1).max(10).nullable().meta({ description: LANGUAGES }),
  })
  .partial();

const ONE = { description: 'The number.', schema: NumberView, headers: ETAG_HEADER };

export interface NumbersOptions {
  firestore: Firestore;
  audit: Audit;
}

/** What people dial to reach the company. The operator assigns numbers; the company says where they are. */
export function numberRoutes({ firestore, audit }: NumbersOptions): Route[] {
  const list = route({
    method: 'GET',
    path: '/api/numbers',
    summary: 'The numbers that people dial to reach your company',
    tag: TAG,
    access: 'viewer',
    answers: {
      200: { description: 'All of them.', schema: z.object({ items: z.array(NumberView) }) },
    },
    async handle({ principal: { companyId } }) {
      const mine = firestore.collection(stored.numbers).where('company_id', '==', companyId);
      const { docs } = await available(mine.get());
      const items = docs.map(viewNumber).sort((a, b) => (a.number < b.number ? -1 : 1));
      return { body: { items } };
    },
  });

  const read = route({
    method: 'GET',
    path: PATH,
    summary: 'One number that people dial',
    tag: TAG,
    access: 'viewer',
    params,
    answers: { 200: ONE },
    async handle({ principal, params: { number } }) {
      const document = await available(firestore.doc(stored.number(number)).get());
      return versioned(ownNumber(document, principal.companyId));
    },
  });

  const update = route({
    method: 'PATCH',
    path: PATH,
    summary: 'Say at which site a number is and what is spoken there; calls follow within a minute',
    tag: TAG,
    access: 'company_admin',
    params,
    headers: IfMatch,
    body: NumberChange,
    answers: { 200: ONE },
    async handle(asked) {
      const { companyId } = asked.principal;
      const target = asked.params.number;
      const reference = firestore.doc(stored.number(target));
      const number = await change(firestore, async (transaction) => {
        const before = ownNumber(await transaction.get(reference), companyId);
        requireUnchanged(asked.headers['if-match'], before);
        const after = changed(before, asked.body);
        if (isDeepStrictEqual(before, after)) return before;
        if (after.site_id !== null && after.site_id !== before.site_id) {
          const site = await transaction.get(firestore.doc(stored.site(companyId, after.site_id)));
          if (!site.exists) throw unknownSite();
        }
        transaction.update(reference, updates(asked.body));
        const entry = { action: 'number.changed', target, before, after } as const;
        audit.recordIn(transaction, { ...doer(asked), ...entry });
        return after;
      });
      return versioned(number);
    },
  });

  return [list, read, update];
}

function ownNumber(document: DocumentSnapshot, companyId: string): NumberView {
  ownFields(document, companyId, 'number');
  return viewNumber(document);
}

/** As calls go by it: a tag that is none is not spoken, and none at all means the company's. */
function viewNumber(document: DocumentSnapshot): NumberView {
  const listed: unknown = document.get('languages');
  const languages = (Array.isArray(listed) ? listed : []).filter(
    (tag): tag is string => typeof tag === 'string' && LANGUAGE_TAG.test(tag),
  );
  return {
    number: document.id,
    site_id: textOrNull(document.get('site_id')),
    languages: languages.length > 0 ? languages : null,
  };
}

function unknownSite(): InvalidRequest {
  return new InvalidRequest('The number names a site that your company does not have.', [
    { path: 'site_id', message: 'is no site of your company' },
  ]);
}
