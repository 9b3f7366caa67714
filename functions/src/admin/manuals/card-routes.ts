import { z } from 'zod';
import { manualIdOf } from '../../assistant/manual/compiled.ts';
import { type Procedure, shippedText } from '../../assistant/manual/manual.ts';
import { passagesOf } from '../../assistant/manual/passages.ts';
import { Urgency } from '../../calls/model.ts';
import { pageOf } from '../cursor.ts';
import { type Route, route } from '../route.ts';
import { notFound } from '../team/changes.ts';
import { ManualId } from './manual-record.ts';
import type { ManualsOptions } from './manuals-routes.ts';
import { PassageView, TAG, viewPassage } from './read-routes.ts';

export const CardView = z
  .object({
    id: z.string().meta({
      description: 'The hazard and the language. A card of your own with this id takes its place.',
    }),
    hazard: z.string(),
    language: z.string().meta({ description: 'BCP 47 without region.' }),
    title: z.string(),
    urgency: Urgency,
    danger_to_helpers: z.boolean(),
    version: z.number(),
    source: z.string().meta({ description: 'The public guideline that the words follow.' }),
    reviewed_by: z.string().nullable().meta({
      description: 'Name, role and date; null where nobody has reviewed it.',
    }),
    passages: z.number().meta({ description: 'How many pieces of it can be spoken.' }),
  })
  .meta({ id: 'ShippedCard' });
export type CardView = z.infer<typeof CardView>;

export const CardText = CardView.omit({ passages: true })
  .extend({
    questions: z.array(z.string()).meta({ description: 'What Aurora asks the caller.' }),
    passages: z.array(PassageView),
    text: z.string().meta({ description: 'The Markdown: what a card of your own can begin with.' }),
  })
  .meta({ id: 'ShippedCardText' });
export type CardText = z.infer<typeof CardText>;

/** The cards that ship with Aurora: heard wherever a company has none of its own. */
export function cardRoutes({ embedded }: Pick<ManualsOptions, 'embedded'>): Route[] {
  const cards = [
    ...embedded.procedures.values(),
    ...[...embedded.translations.values()].flatMap((languages) => [...languages.values()]),
  ];

  const list = route({
    method: 'GET',
    path: '/api/cards',
    summary: 'The cards that ship with Aurora, by hazard: heard where you have no card of your own',
    tag: TAG,
    access: 'viewer',
    answers: { 200: { description: 'All of them.', schema: pageOf(CardView) } },
    async handle() {
      const items = cards.map((card) => ({ ...viewCard(card), passages: passagesOf(card).length }));
      return { body: { items, next_cursor: null } };
    },
  });

  const read = route({
    method: 'GET',
    path: '/api/cards/{card_id}',
    summary: 'One card that ships with Aurora: its text, and piece by piece what can be spoken',
    tag: TAG,
    access: 'viewer',
    params: z.object({ card_id: ManualId }),
    answers: { 200: { description: 'The card.', schema: CardText } },
    async handle({ params: { card_id } }) {
      const card = cards.find(({ id, language }) => manualIdOf(id, language) === card_id);
      if (!card) throw notFound('card');
      const passages = passagesOf(card).map(viewPassage);
      const text = await shippedText(card);
      return { body: { ...viewCard(card), questions: [...card.questions], passages, text } };
    },
  });

  return [list, read];
}

function viewCard(card: Procedure): Omit<CardView, 'passages'> {
  const { id, language, title, urgency, dangerToHelpers, version, source, reviewedBy } = card;
  return {
    id: manualIdOf(id, language),
    hazard: id,
    language,
    title,
    urgency,
    danger_to_helpers: dangerToHelpers,
    version,
    source,
    reviewed_by: reviewedBy ?? null,
  };
}
