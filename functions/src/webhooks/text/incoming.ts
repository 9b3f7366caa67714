import type { Key, Utterance } from '../../assistant/assistant.ts';
import { type Channel, channelAndNumber } from '../../calls/channel.ts';
import { type Command, type Keyword, keywordOf } from './keywords.ts';
import { type MessageParameters, mediaTypes } from './message-parameters.ts';

/** A message as it was sent, in our own terms. */
export interface Incoming {
  sid: string;
  channel: Channel;
  /** Who sent it, and the number that it was sent to: E.164, or as normalizeNumber has it. */
  number: string;
  dialled: string;
  /** The words alone. */
  words: string;
  /** What came with them, `[1 picture]`; empty where nothing. */
  note: string;
  /** Where the sender's telephone says that they are. */
  place: string | undefined;
  hasMedia: boolean;
  keyword: (Keyword & { isAnswered: boolean }) | undefined;
}

export function readIncoming(
  parameters: MessageParameters,
  form: Readonly<Record<string, string>>,
  country?: string,
): Incoming {
  const { sid, From, To, Body, OptOutType } = parameters;
  const media = mediaTypes(parameters, form);
  const place = placeOf(parameters);
  const notes = [...countMedia(media), ...(place ? [`[location: ${place}]`] : [])];
  const byTwilio = OptOutType?.toLowerCase() as Command | undefined;
  const keyword = byTwilio ? { command: byTwilio, byTwilio: true } : keywordOf(Body);
  return {
    sid,
    ...channelAndNumber(From, country),
    dialled: channelAndNumber(To).number,
    words: Body,
    note: notes.join(' ') || (Body === '' ? '[empty message]' : ''),
    place,
    hasMedia: media.length > 0,
    keyword: keyword && { ...keyword, isAnswered: byTwilio !== undefined },
  };
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^image\//, 'picture'],
  [/^video\//, 'video'],
  [/^audio\//, 'recording'],
  [/^text\/(x-)?vcard/, 'contact'],
  [/^/, 'file'],
];

/** `[2 pictures]`: nothing of it is fetched, and nobody says that it was seen. */
function countMedia(types: readonly string[]): string[] {
  const kinds = types.map((type) => KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'file');
  return [...new Set(kinds)].map((kind) => {
    const count = kinds.filter((other) => other === kind).length;
    return `[${count} ${kind}${count === 1 ? '' : 's'}]`;
  });
}

/** Characters of a place; a fact holds 200. */
const LONGEST_NAME = 150;

function placeOf({ Latitude, Longitude, Label, Address }: MessageParameters): string | undefined {
  if (Latitude === undefined || Longitude === undefined) return undefined;
  const point = `${Latitude.toFixed(5)}, ${Longitude.toFixed(5)}`;
  const name = [...new Set([Label, Address])].filter((text) => text !== '').join(', ');
  return name === '' ? point : `${name.slice(0, LONGEST_NAME).toWellFormed()} (${point})`;
}

/** Questions that a number answers: there it is no key. */
const ASKS_FOR_A_NUMBER = new Set(['injured', 'trapped', 'callback']);

/**
 * What is told by a message. One that is a single digit is the key that Aurora asks to be sent,
 * unless it was asked for a number last.
 */
export function utteranceOf({ words, note, place }: Incoming, question?: string): Utterance {
  const digit = /^[0-9]$/.exec(words)?.[0] as Key | undefined;
  const isKey = digit !== undefined && !ASKS_FOR_A_NUMBER.has(question ?? '');
  return {
    text: isKey ? '' : words,
    ...(isKey ? { key: digit } : {}),
    ...(note === '' ? {} : { note }),
    ...(place === undefined ? {} : { place }),
  };
}
