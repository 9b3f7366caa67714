import type { Reply, Situation, SpokenPart } from '../assistant/assistant.ts';
import { messageId } from '../calls/ids.ts';
import type { Heard } from '../calls/model.ts';
import { hashOfReply } from '../calls/spoken.ts';
import type { Link } from './link.ts';

/** What travels with the call as the reply that the caller heard last. */
export function heard(turn: Link['turn'], reply: string): Heard {
  return { id: messageId(turn, 'assistant'), hash: hashOfReply(reply) };
}

/** What the assistant is told of the call besides its words. */
export function situationOf(link: Link): Situation {
  return {
    urgency: link.urgency,
    emergency_number: link.emergencyNumber,
    company_id: link.company,
    language: link.language,
    languages: link.languages,
    confirmed: link.confirmed,
    badly_heard: link.badlyHeard,
    slow: link.slow,
    ...(link.hazard === undefined ? {} : { hazard: link.hazard }),
    ...(link.step === undefined ? {} : { step: link.step }),
    ...(link.asked === undefined ? {} : { asked: link.asked }),
    ...(link.question === undefined ? {} : { question: link.question }),
  };
}

/** The link after a reply, but for the turn. */
export function afterWords(link: Link, reply: Reply): Link {
  const { hazard, step, asked, question } = reply;
  return {
    ...link,
    ...(hazard === undefined ? {} : { hazard, step }),
    asked,
    question,
    confirmed: link.confirmed || reply.confirmed === true,
    badlyHeard: reply.badly_heard ?? 0,
    slow: reply.slow ?? link.slow,
    language: reply.language ?? link.language,
  };
}

/** A reply without parts is in the language that was spoken when it was asked for. */
export function partsOf({ reply, parts }: Reply, language: string): readonly SpokenPart[] {
  return parts ?? [{ text: reply, language }];
}
