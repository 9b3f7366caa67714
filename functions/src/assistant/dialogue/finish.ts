import { fullTag, sameLanguage } from '../../calls/language-tags.ts';
import type { Reply, Situation, SpokenPart } from '../assistant.ts';
import type { Piece } from './pieces.ts';
import { CONFIRM } from './questions.ts';
import type { Draft, Turn } from './turn.ts';
import { withNumber } from './wording.ts';

/** Makes a draft the reply that is spoken, with what it rests on. */
export function finish(turn: Turn, draft: Draft): Reply {
  const { situation, stamped } = turn;
  const pieces = withManualAway(turn, withEmergencyNumber(turn, draft));
  const question = pieces.findLast((piece) => piece.question !== undefined)?.question;
  return {
    reply: spoken(pieces, situation.emergency_number, situation.written ? '\n' : ' '),
    urgency: draft.urgency,
    sources: sourcesOf(pieces),
    ...pick(draft, ['hazard', 'step', 'asked', 'badly_heard', 'language']),
    ...(question === undefined ? {} : { question }),
    ...(situation.confirmed || question === CONFIRM ? { confirmed: true } : {}),
    ...(situation.slow || draft.slow ? { slow: true } : {}),
    ...partsOf(situation, pieces),
    grounding: groundingOf(turn, draft.rung, pieces),
    ...(stamped && Object.keys(turn.told).length > 0 ? { facts: turn.told } : {}),
  };
}

/** Once in a call, beside an instruction: that it is not the site's own. */
function withManualAway(turn: Turn, pieces: readonly Piece[]): readonly Piece[] {
  const away = turn.own('notAtHand');
  const instructs = pieces.some(({ passage }) => passage !== undefined);
  if (turn.pack.atHand || !instructs || turn.memory.said(away.text)) return pieces;
  const at = pieces.findIndex(({ question }) => question !== undefined);
  return at < 0 ? [...pieces, away] : pieces.toSpliced(at, 0, away);
}

/** I8: whoever becomes CRITICAL hears the number in the same reply, whatever was said. */
function withEmergencyNumber(turn: Turn, { urgency, pieces }: Draft): readonly Piece[] {
  const becomesCritical = urgency === 'CRITICAL' && turn.situation.urgency !== 'CRITICAL';
  const named = pieces.some(({ text }) => text.includes('{emergency_number}'));
  return becomesCritical && !named ? [turn.own('callNow'), ...pieces] : pieces;
}

export function spoken(pieces: readonly Piece[], emergencyNumber: string, between = ' '): string {
  const words = pieces.map(({ text }) => text).filter((text) => text !== '');
  return withNumber(words.join(between), emergencyNumber).trim();
}

export function sourcesOf(pieces: readonly Piece[]): string {
  return [...new Set(pieces.flatMap(({ passage }) => passage?.title ?? []))].join('; ');
}

export function groundingOf(
  { pack }: Pick<Turn, 'pack'>,
  rung: Draft['rung'],
  pieces: readonly Piece[],
): NonNullable<Reply['grounding']> {
  const passages = pieces.flatMap(({ passage, score }) =>
    passage
      ? [
          {
            id: passage.id,
            version: passage.version,
            hash: passage.hash,
            ...(score === undefined ? {} : { score }),
          },
        ]
      : [],
  );
  return { rung, ...(passages.length === 0 ? {} : { passages }), pack: pack.version };
}

type Spoken = Pick<Situation, 'language' | 'languages' | 'emergency_number'>;

/** The words by language, where not all are in the one that is spoken on the line. */
export function partsOf(
  { language = 'en', languages = [], emergency_number: number }: Spoken,
  pieces: readonly Piece[],
): Pick<Reply, 'parts'> {
  if (pieces.every((piece) => sameLanguage(piece.language, language))) return {};
  const parts: SpokenPart[] = [];
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const tag = fullTag(piece.language, [language, ...languages]);
    const text = withNumber(piece.text, number);
    const last = parts.at(-1);
    if (last && last.language === tag) last.text += ` ${text}`;
    else parts.push({ text, language: tag });
  }
  return { parts };
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])),
  ) as Pick<T, K>;
}
