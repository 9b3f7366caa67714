import { z } from 'zod';
import type { Reply } from '../../assistant/assistant.ts';
import { assemblePack } from '../../assistant/manual/assemble.ts';
import { type Compiled, compile } from '../../assistant/manual/compiled.ts';
import { LANGUAGE } from '../../assistant/manual/head-fields.ts';
import { readContents, readManifest } from '../../assistant/manual/pack-store.ts';
import type { Pack } from '../../assistant/manual/packs.ts';
import { BASE_LANGUAGE } from '../../assistant/manual/passages.ts';
import { Urgency } from '../../calls/model.ts';
import { available } from '../available.ts';
import { type Route, route } from '../route.ts';
import { Line } from '../team/fields.ts';
import { findManual, readNow, readStored } from './manual-store.ts';
import type { ManualsOptions } from './manuals-routes.ts';
import { params, TAG } from './read-routes.ts';

const Tried = z
  .object({
    urgency: Urgency,
    card: z.string().nullable().meta({ description: 'The hazard whose card is read.' }),
    words: z.string().meta({ description: 'What a caller hears.' }),
    sources: z.string(),
    rung: z.string().nullable().meta({ description: 'Which part of the assistant answers.' }),
    passages: z.array(
      z.object({
        id: z.string(),
        version: z.number(),
        hash: z.string(),
        score: z.number().nullable(),
        text: z.string(),
      }),
    ),
    pack: z.string(),
  })
  .meta({ id: 'TriedManual' });
export type Tried = z.infer<typeof Tried>;

/** What words of a caller would get, before anybody publishes. No model is asked, nothing is kept. */
export function manualTryRoutes(options: ManualsOptions): Route[] {
  const { firestore, companies, hazards, embedded, ask } = options;

  const attempt = route({
    method: 'POST',
    path: '/api/manuals/{manual_id}/try',
    summary: 'What a caller who says this would hear with the newest version, and hears now',
    tag: TAG,
    access: 'viewer',
    params,
    body: z.strictObject({ text: Line(1_000) }),
    answers: {
      200: {
        description: 'The first reply of a call, by the rules alone.',
        schema: z.object({ newest: Tried, published: Tried }),
      },
    },
    async handle({ principal: { companyId }, params: { manual_id }, body: { text } }) {
      const company = await available(companies.of(companyId));
      const { version } = await findManual(firestore, readNow, companyId, manual_id);
      const { packVersion, contents } = await available(published(companyId));
      const mine = compile(readStored(version, hazards), 'not approved yet');
      const language = manual_id.slice(manual_id.indexOf('.') + 1);
      const emergencyNumber = company.emergency_number ?? options.emergencyNumber;
      const tried = async (pack: Pack) =>
        viewReply(pack, await ask(pack, { text, language, emergencyNumber }));
      const drafted = new Map(contents).set(manual_id, mine);
      const body = {
        newest: await tried(packOf(`${companyId}@draft`, drafted)),
        published: await tried(packOf(packVersion, contents)),
      };
      return { body };
    },
  });

  const attemptNow = route({
    method: 'POST',
    path: '/api/try',
    summary: 'What a caller who says this hears now, by the rules alone',
    tag: TAG,
    access: 'viewer',
    body: z.strictObject({
      text: Line(1_000),
      language: z
        .string()
        .regex(LANGUAGE, 'must be a language such as en or hi, without a region')
        .default(BASE_LANGUAGE),
    }),
    answers: { 200: { description: 'The first reply of a call.', schema: Tried } },
    async handle({ principal: { companyId }, body: { text, language } }) {
      const company = await available(companies.of(companyId));
      const { packVersion, contents } = await available(published(companyId));
      const pack = packOf(packVersion, contents);
      const emergencyNumber = company.emergency_number ?? options.emergencyNumber;
      return { body: viewReply(pack, await ask(pack, { text, language, emergencyNumber })) };
    },
  });

  function packOf(version: string, contents: ReadonlyMap<string, Compiled>): Pack {
    if (contents.size === 0) return embedded;
    return assemblePack(embedded, { version, contents: [...contents.values()] });
  }

  async function published(companyId: string) {
    const manifest = await readManifest(firestore, companyId);
    const entries = manifest?.manuals ?? [];
    const contents = await readContents(firestore, companyId, entries);
    return {
      packVersion: `${companyId}@${manifest?.version ?? 0}`,
      contents: new Map(entries.map(({ id }, at) => [id, contents[at] as Compiled])),
    };
  }

  return [attempt, attemptNow];
}

function viewReply(pack: Pack, { reply, urgency, sources, hazard, grounding }: Reply): Tried {
  const textOf = new Map(pack.passages.map(({ id, text }) => [id, text]));
  return {
    urgency,
    card: hazard ?? null,
    words: reply,
    sources,
    rung: grounding?.rung ?? null,
    passages: (grounding?.passages ?? []).map(({ id, version, hash, score }) => {
      return { id, version, hash, score: score ?? null, text: textOf.get(id) ?? '' };
    }),
    pack: pack.version,
  };
}
