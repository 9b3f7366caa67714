import { FieldPath, type Firestore, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { maySee, type Viewer } from '../../access/visibility.ts';
import type { Archive } from '../../archive/archive.ts';
import { CALL_ID, conversationId, MESSAGE_ID } from '../../calls/ids.ts';
import { unansweredIn } from '../../insights/unanswered.ts';
import { stored } from '../../paths.ts';
import type { UnansweredView } from './views.ts';

/** The place in the list after which a page begins: a call, and where it is not done its last question. */
export const QuestionPlace = z.object({
  day: z.iso.date(),
  s: z.number().int().min(0).max(253_402_300_799),
  n: z.number().int().min(0).max(999_999_999),
  id: z.string().regex(CALL_ID),
  after: z.string().regex(MESSAGE_ID).optional(),
});
export type QuestionPlace = z.infer<typeof QuestionPlace>;

export interface QuestionsAsked {
  viewer: Viewer;
  siteId: string | null;
  /** Days, both included. */
  from: string;
  to: string;
  limit: number;
  place: QuestionPlace | undefined;
}

/** Calls that are read at once. */
const PORTION = 20;

/**
 * What callers asked and no manual answers, the newest call first, the questions of a call in their
 * order. Which calls have any is known by the counts; the words are read from the archive, and only
 * those of calls that the viewer may see.
 */
export function createQuestions(options: {
  firestore: () => Promise<Firestore>;
  archive: () => Promise<Pick<Archive, 'call' | 'conversation'>>;
}) {
  return async function page(asked: QuestionsAsked) {
    const { limit } = asked;
    const query = queryOf(await options.firestore(), asked);
    const items: UnansweredView[] = [];
    let place = asked.place;
    for (;;) {
      const { docs } = await from(query, place).limit(PORTION).get();
      const questions = await Promise.all(docs.map(({ id }) => questionsOf(asked.viewer, id)));
      for (const [index, document] of docs.entries()) {
        const here = placeOf(document.id, document.get('day'), document.get('started_at'));
        const after = place?.id === document.id ? place.after : undefined;
        const all = questions[index] ?? [];
        const open = all.slice(all.findIndex(({ message_id }) => message_id === after) + 1);
        const given = open.slice(0, limit - items.length);
        items.push(...given);
        const last = given.at(-1);
        if (given.length < open.length) {
          // Where nothing of the call has been given it is the next page's first.
          return { items, next: last ? { ...here, after: last.message_id } : place };
        }
        place = here;
      }
      if (docs.length < PORTION) return { items, next: undefined };
    }
  };

  async function questionsOf(viewer: Viewer, callId: string): Promise<UnansweredView[]> {
    const archive = await options.archive();
    const [call, conversation] = await Promise.all([
      archive.call(callId),
      archive.conversation(conversationId(callId)),
    ]);
    if (!call || !conversation || !maySee(viewer, call)) return [];
    const { site_id, urgency } = call;
    return unansweredIn(conversation.messages).map((question) => ({
      call_id: callId,
      site_id,
      urgency,
      ...question,
    }));
  }
}

export type Questions = ReturnType<typeof createQuestions>;

function queryOf(firestore: Firestore, { viewer, siteId, from, to }: QuestionsAsked) {
  const ofCompany = firestore
    .collection(stored.countedCalls)
    .where('company_id', '==', viewer.companyId)
    .where('has_unanswered', '==', true);
  const chosen = siteId === null ? ofCompany : ofCompany.where('site_id', '==', siteId);
  return chosen
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day', 'desc')
    .orderBy('started_at', 'desc')
    .orderBy(FieldPath.documentId(), 'desc')
    .select('day', 'started_at');
}

/** A call that is not done yet is the first one again. */
function from(query: ReturnType<typeof queryOf>, place: QuestionPlace | undefined) {
  if (!place) return query;
  const at = [place.day, new Timestamp(place.s, place.n), place.id];
  return place.after === undefined ? query.startAfter(...at) : query.startAt(...at);
}

function placeOf(id: string, day: string, startedAt: Timestamp): QuestionPlace {
  return { day, s: startedAt.seconds, n: startedAt.nanoseconds, id };
}
