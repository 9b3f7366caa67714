import { fullTag, sameLanguage } from '../../calls/language-tags.ts';
import type { Reply, SpokenPart } from '../assistant.ts';
import type { Piece } from './pieces.ts';
import type { Draft, Turn } from './turn.ts';
import { withNumber } from './wording.ts';

/** Makes a draft the reply that is spoken, with what it rests on. */
export function finish(turn: Turn, draft: Draft): Reply {
  const { situation } = turn;
  const pieces = withEmergencyNumber(turn, draft);
  const question = pieces.findLast((piece) => piece.question !== undefined)?.question;
  return {
    reply: spoken(pieces, situation.emergency_number),
    urgency: draft.urgency,
    sources: sourcesOf(pieces),
    ...pick(draft, ['hazard', 'step', 'asked']),
    ...(question === undefined ? {} : { question }),
    ...partsOf(turn, pieces),
    grounding: groundingOf(turn, draft.rung, pieces),
  };
}

/** I8: whoever becomes CRITICAL hears the number in the same reply, whatever was said. */
function withEmergencyNumber(turn: Turn, { urgency, pieces }: Draft): readonly Piece[] {
  const becomesCritical = urgency === 'CRITICAL' && turn.situation.urgency !== 'CRITICAL';
  const named = pieces.some(({ text }) => text.includes('{emergency_number}'));
  return becomesCritical && !named ? [turn.own('callNow'), ...pieces] : pieces;
}

export function spoken(pieces: readonly Piece[], emergencyNumber: string): string {
  return withNumber(pieces.map(({ text }) => text).join(' '), emergencyNumber).trim();
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

/** The words by language, where not all are in the one that is spoken on the line. */
function partsOf({ situation }: Turn, pieces: readonly Piece[]): Pick<Reply, 'parts'> {
  const { language = 'en', languages = [], emergency_number: number } = situation;
  if (pieces.every((piece) => sameLanguage(piece.language, language))) return {};
  const parts: SpokenPart[] = [];
  for (const piece of pieces) {
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
