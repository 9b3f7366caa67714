import type { Channel } from '../../calls/channel.ts';
import { gsmLength, plainMarks } from './gsm.ts';

/**
 * Two whole segments in GSM, four in any other alphabet: Twilio sends up to 1,600 characters, but
 * advises at most 320, for what carriers join of many pieces arrives late or not at all.
 * https://www.twilio.com/docs/glossary/what-sms-character-limit
 */
const LONGEST_GSM = 2 * 153;
const LONGEST_OTHER = 4 * 67;
/** Twilio's limit for WhatsApp, too; a message there arrives as one. */
const LONGEST_AT_ALL = 1_600;

/** Kept free for `12/34 `. */
const NUMBERING = 6;

/**
 * A text as the messages that carry it: cut between lines, or sentences where a line is too long;
 * between words where a sentence is, never inside a number; inside a word only where that alone is too long. Several are numbered
 * `1/3`, because carriers don't keep their order. Words, joined with a space, are the text again.
 */
export function partsOf(text: string, channel: Channel): string[] {
  const words = channel === 'sms' ? plainMarks(text) : text;
  const bodies = pack(words.toWellFormed().trim(), fitsOn(channel));
  if (bodies.length <= 1) return bodies;
  return bodies.map((body, at) => `${at + 1}/${bodies.length} ${body}`);
}

type Fits = (text: string) => boolean;

function fitsOn(channel: Channel): Fits {
  if (channel !== 'sms') return (text) => text.length <= LONGEST_AT_ALL - NUMBERING;
  return (text) => {
    const places = gsmLength(text);
    return places === undefined
      ? text.length <= LONGEST_OTHER - NUMBERING
      : places <= LONGEST_GSM - NUMBERING;
  };
}

function pack(text: string, fits: Fits): string[] {
  const parts: string[] = [];
  let open = '';
  for (const piece of pieces(text, fits)) {
    if (open !== '' && !fits((open + piece).trimEnd())) {
      parts.push(open.trim());
      open = '';
    }
    open += piece;
  }
  if (open.trim() !== '') parts.push(open.trim());
  return parts;
}

/** Each fits by itself, without the white space at its end; together they are the text. */
function* pieces(text: string, fits: Fits): Generator<string> {
  const levels = [linesOf, sentencesOf, wordsOf];
  yield* smaller(text, 0);

  function* smaller(piece: string, level: number): Generator<string> {
    const parts = levels[level]?.(piece);
    if (!parts) yield* split(piece, fits);
    else {
      for (const part of parts) {
        if (fits(part.trimEnd())) yield part;
        else yield* smaller(part, level + 1);
      }
    }
  }
}

/** Lines with their ends: in a reply each step of a card is one. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n+|[^\n]+$/g) ?? [];
}

const BY_SENTENCE = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const BY_CHARACTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function sentencesOf(line: string): string[] {
  return Array.from(BY_SENTENCE.segment(line), ({ segment }) => segment);
}

/** Words with the space after them; the groups of a telephone number are one. */
function wordsOf(sentence: string): string[] {
  return sentence.match(/\S+(?:(?<=\d)[^\S\n]+(?=\d)\S+)*\s*/g) ?? [];
}

/** One endless word, between characters as a reader sees them. */
function* split(word: string, fits: Fits): Generator<string> {
  let open = '';
  for (const { segment } of BY_CHARACTER.segment(word)) {
    for (const piece of fits(segment) ? [segment] : segment) {
      if (!fits(open + piece)) {
        yield open;
        open = '';
      }
      open += piece;
    }
  }
  yield open;
}
