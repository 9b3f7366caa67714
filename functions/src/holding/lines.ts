import type { Site } from '../access/directory.ts';
import { placeAfterUnknown, shortHash } from '../calls/ids.ts';
import type { Call } from '../calls/model.ts';
import { type CallState, lastTurn } from '../calls/reduce.ts';
import { type Link, readLink } from '../webhooks/link.ts';

export interface LinesOptions {
  /** The site of the number that was dialled; the default one's for a number that nobody knows. */
  siteOf: (dialled: string) => Promise<Pick<Site, 'emergencyNumber' | 'languages'>>;
  /** A new one each time, of letters and digits. */
  random: () => string;
}

/** Where the lines of calls are, for whoever sends them on without having been asked by Twilio. */
export function createLines({ siteOf, random }: LinesOptions) {
  /** The turn that the caller was offered last; where nobody has told it yet, one made of the call. */
  async function linkOf(callId: string, call: Call): Promise<Link> {
    const offered = call.line && readLink(new URLSearchParams(call.line.link));
    if (offered) return offered;
    const { emergencyNumber, languages } = await siteOf(call.dialled_no ?? '');
    return {
      call: callId,
      company: call.company_id,
      site: call.site_id,
      startedAt: call.timestamp,
      emergencyNumber,
      turn: { n: 1, random: shortHash(`${callId}|unknown line`, 10) },
      urgency: call.urgency,
      confirmed: false,
      badlyHeard: 0,
      slow: false,
      silences: 0,
      epoch: 0,
      language: languages[0],
      languages,
    };
  }

  /**
   * A turn in place of the offered one. It has a token of its own, so that words which are on their
   * way under the offered one, or under later ones that are not known here, are no repetition of it,
   * and come before what is said next.
   */
  function insteadOf(link: Link, state: CallState): Link['turn'] {
    const known = Math.max(link.turn.n, lastTurn(state) + 1);
    return {
      n: placeAfterUnknown(known),
      random: shortHash(`${link.turn.random}|${random()}`, 10),
    };
  }

  return { linkOf, insteadOf };
}

export type Lines = ReturnType<typeof createLines>;
