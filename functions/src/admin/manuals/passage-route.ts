import { z } from 'zod';
import { manualIdOf } from '../../assistant/manual/compiled.ts';
import type { Pack } from '../../assistant/manual/packs.ts';
import { BASE_LANGUAGE, type Passage } from '../../assistant/manual/passages.ts';
import { PASSAGE_ID } from '../../calls/grounding.ts';
import { isoInZone } from '../../calls/times.ts';
import { AuroraError } from '../../errors.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';
import { notFound } from '../team/changes.ts';
import { findManual, passagesIn, readNow, readStored } from './manual-store.ts';
import type { ManualsOptions } from './manuals-routes.ts';

const OnePassage = z
  .object({
    id: z.string(),
    kind: z.enum(['step', 'warning', 'answer', 'section']),
    question: z.string(),
    text: z.string().meta({
      description: 'As it is spoken; {emergency_number} stands for the number of the site.',
    }),
    language: z.string(),
    version: z.number().int(),
    hash: z.string(),
    title: z.string().meta({ description: 'Of the manual or card that it stands in.' }),
    source: z.string().meta({ description: 'What the manual rests on.' }),
    reviewed_by: z.string().nullable().meta({
      description: 'Name, role and date; null where nobody has reviewed it.',
    }),
    origin: z.enum(['company', 'embedded']).meta({
      description: 'Whether the company wrote it, or it is a card that ships with Aurora.',
    }),
  })
  .meta({ id: 'SpokenPassage' });
export type OnePassage = z.infer<typeof OnePassage>;

/** What a reply rests on, as it was worded when it was spoken. */
export function passageRoutes(options: ManualsOptions): Route[] {
  const { firestore, companies, hazards, embedded } = options;

  async function ofCompany(companyId: string, passageId: string, asked: number | undefined) {
    const found = await findManual(firestore, readNow, companyId, manualOf(passageId), asked).catch(
      nothingFor404,
    );
    if (!found) return undefined;
    // Unasked, what callers hear; a draft that nobody heard only where it is named.
    const heard = found.head.published_version;
    if (asked === undefined && heard === null) return undefined;
    const { version } =
      asked === undefined && heard !== null && heard !== found.version.version
        ? await findManual(firestore, readNow, companyId, manualOf(passageId), heard)
        : found;
    const passage = passagesIn(readStored(version, hazards)).find(({ id }) => id === passageId);
    if (!passage) return undefined;
    const { approved, source } = version;
    const day = async (): Promise<string> => {
      const { time_zone } = await available(companies.of(companyId));
      return isoInZone(approved?.at.toMillis() ?? 0, time_zone).slice(0, 10);
    };
    const reviewed = approved && `${approved.name}, ${approved.role}, ${await day()}`;
    return viewOf(passage, { source, reviewed_by: reviewed, origin: 'company' });
  }

  const read = route({
    method: 'GET',
    path: '/api/passages/{passage_id}',
    summary: 'What a reply rests on, by the id in its grounding: the words, who reviewed them',
    tag: 'Manuals',
    access: 'viewer',
    params: z.object({
      passage_id: z.string().regex(PASSAGE_ID, 'is no id of a passage: it looks like fire#step-3'),
    }),
    query: z.object({
      version: z.coerce
        .number()
        .int()
        .min(1)
        .max(999_999)
        .optional()
        .meta({ description: 'As the grounding tells it; default: what callers hear now.' }),
      hash: z
        .string()
        .regex(/^[0-9a-f]{12}$/)
        .optional()
        .meta({ description: 'As the grounding tells it: these words, or a 404.' }),
    }),
    answers: { 200: { description: 'The passage.', schema: OnePassage } },
    async handle({ principal: { companyId }, params: { passage_id }, query: { version, hash } }) {
      const isMeant = (found: OnePassage | undefined): found is OnePassage =>
        found !== undefined && (hash === undefined || found.hash === hash);
      const own = await ofCompany(companyId, passage_id, version);
      if (isMeant(own)) return { body: own };
      const shipped = embeddedPassage(embedded, passage_id);
      const isVersion = version === undefined || shipped?.version === version;
      if (isVersion && isMeant(shipped)) return { body: shipped };
      throw notFound('passage with these words');
    },
  });

  return [read];
}

function embeddedPassage(
  { passages, procedures, translations }: Pack,
  id: string,
): OnePassage | undefined {
  const passage = passages.find((each) => each.id === id);
  if (!passage) return undefined;
  const { document, language } = passage;
  const card =
    language === BASE_LANGUAGE
      ? procedures.get(document)
      : translations.get(document)?.get(language);
  return viewOf(passage, {
    source: card?.source ?? '',
    reviewed_by: card?.reviewedBy ?? null,
    origin: 'embedded',
  });
}

function viewOf(
  { id, kind, question, text, language, version, hash, title }: Passage,
  of: Pick<OnePassage, 'source' | 'reviewed_by' | 'origin'>,
): OnePassage {
  return { id, kind, question, text, language, version, hash, title, ...of };
}

/** `fire#hi-step-3` stands in `fire.hi`; what is in English does not say so. */
function manualOf(passageId: string): string {
  const [document = '', place = ''] = passageId.split('#');
  return manualIdOf(document, /^([a-z]{2,3})-/.exec(place)?.[1] ?? BASE_LANGUAGE);
}

function nothingFor404(thrown: unknown): undefined {
  if (thrown instanceof AuroraError && thrown.status === 404) return undefined;
  throw thrown;
}
