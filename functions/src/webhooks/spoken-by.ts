import type { Reply, SpokenPart } from '../assistant/assistant.ts';
import { wordingOfCall } from '../assistant/languages/wording.ts';
import type { Message } from '../calls/model.ts';
import type { Link } from './link.ts';
import { inPieces } from './twiml.ts';

/** Quiet turns in a row after which a caller who is held hears that the line is open. */
const QUIET_TURNS = 4;

/** Supervisors' messages, as the caller hears them: each is said to be one. */
export function toldBy(messages: readonly Message[], link: Link): SpokenPart[] {
  const { wording, language } = wordingOfCall(link);
  return messages.flatMap(({ content }) => [
    { text: wording.line.says, language },
    ...inPieces(content).map((text) => ({ text, language: link.language })),
  ]);
}

/** What a held caller hears besides messages: once who has the call, then next to nothing. */
export function holdWords(link: Link, isNew: boolean, silences: number): SpokenPart[] {
  const { wording, language } = wordingOfCall(link);
  if (isNew) return [{ text: wording.line.taken, language }];
  const isQuiet = silences > 0 && silences % QUIET_TURNS === 0;
  return isQuiet ? [{ text: wording.line.open, language }] : [];
}

/** Aurora's words with the sentence before them that it is she who speaks again. */
export function backAgain(reply: Reply, link: Link): Reply {
  const { wording, language } = wordingOfCall(link);
  const { back } = wording.line;
  const parts = reply.parts ?? [{ text: reply.reply, language: link.language }];
  return {
    ...reply,
    reply: `${back} ${reply.reply}`,
    parts: [{ text: back, language }, ...parts],
  };
}
