import type { Sighting } from '../floor/recognize.ts';
import type { Replies } from '../manual/replies.ts';
import { repliesTo } from './told.ts';
import type { Turn } from './turn.ts';

/** An answer is short; in a longer story "no" belongs to something else. */
const LONGEST = 7;

/** What "yes" means to Aurora's own questions where no card is being read. */
const WITHOUT_CARD: Readonly<Record<string, Replies>> = {
  injured: { yes: 'injury' },
  trapped: { yes: 'entrapment' },
};

/** The hazard that a bare answer names, by what the card says beside its question. */
export function hazardAnswered(turn: Turn): Sighting | undefined {
  const { question = '' } = turn.situation;
  const replies =
    repliesTo(turn.pack, question) ?? (turn.current ? undefined : WITHOUT_CARD[question]);
  const answer = replies && bareAnswer(turn);
  const card = answer && turn.pack.procedures.get(replies[answer] ?? '');
  return card && { hazard: card.id, urgency: card.urgency };
}

export function bareAnswer({
  intents,
  text,
  utterance,
}: Turn): 'yes' | 'no' | 'unsure' | undefined {
  if (utterance.key || text.split(/\s+/).length > LONGEST) return undefined;
  if (intents.has('unsure')) return 'unsure';
  if (intents.has('yes')) return intents.has('no') ? undefined : 'yes';
  return intents.has('no') ? 'no' : undefined;
}
