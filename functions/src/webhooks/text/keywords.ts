/** What a whole message may ask for instead of telling what has happened. */
export type Command = 'stop' | 'start' | 'help';

export interface Keyword {
  command: Command;
  /**
   * Whether Twilio acts on the word by itself, whatever Aurora does: after its `stop` it refuses to
   * send (21610). https://help.twilio.com/articles/223134027
   */
  byTwilio: boolean;
}

const BY_TWILIO: Readonly<Record<Command, readonly string[]>> = {
  stop: ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout'],
  start: ['start', 'yes', 'unstop'],
  help: ['help', 'info'],
};

const USUAL: Readonly<Record<Command, readonly string[]>> = {
  stop: ['alto', 'baja', 'cancelar', 'parar', 'बंद', 'बंद करें', 'रोकें'],
  start: ['alta', 'iniciar', 'शुरू', 'शुरू करें'],
  help: ['ayuda', 'मदद', 'सहायता'],
};

const KEYWORDS = new Map<string, Keyword>(
  [USUAL, BY_TWILIO].flatMap((words) =>
    (['stop', 'start', 'help'] as const).flatMap((command) =>
      words[command].map((word) => [word, { command, byTwilio: words === BY_TWILIO }] as const),
    ),
  ),
);

/**
 * The keyword that is the whole message; in the midst of words ("stop the machine"), or with an
 * exclamation mark, it is none: somebody cries.
 */
export function keywordOf(body: string): Keyword | undefined {
  const word = body
    .trim()
    .replace(/^["'“]|["'”.]$/g, '')
    .normalize('NFC')
    .toLowerCase();
  return KEYWORDS.get(word.trim());
}
