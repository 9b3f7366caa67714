import type { SpokenPart } from '../assistant/assistant.ts';
import { hashOfReply } from '../calls/spoken.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Conferences } from '../twilio/calling.ts';
import type { Accepted, SignedAnswer } from '../webhooks/app.ts';
import { type Link, writeLink } from '../webhooks/link.ts';
import { type Addresses, AnnounceQuery, readQuery, roomName } from './addresses.ts';
import { isHumanSpeaking, turnTaken } from './changes.ts';
import { announcement } from './documents.ts';
import type { Holding } from './ports.ts';
import type { Conference } from './record.ts';
import type { Rooms } from './rooms.ts';

/** Announcements that are kept: Twilio fetches each at once, and an echo is heard soon after. */
const MOST_KEPT = 5;

export interface MouthOptions {
  rooms: Rooms;
  conferences: Pick<Conferences, 'find' | 'announce'>;
  holding: Pick<Holding, 'sendOn'>;
  addresses: Addresses;
  log: Log;
}

export interface Mouth {
  /** Speaks a reply into a room; `link` is the one after it. Never rejects. */
  speak(
    of: { call: string; room: number },
    link: Link,
    words: { id: string; reply: string; parts: readonly SpokenPart[] },
  ): Promise<void>;
  /** Says something else into a room, once; false where that can't be. */
  say(
    of: { call: string; room: number },
    link: Link,
    id: string,
    parts: readonly SpokenPart[],
  ): Promise<boolean>;
  /** What Twilio plays into the room. */
  announce(accepted: Accepted): Promise<SignedAnswer>;
}

/**
 * Aurora's mouth in a room: Twilio is told of an address, and plays what it answers to everybody. The
 * words lie beside the room's record until then. Where they can't be announced, the caller goes back
 * to their own line, on which Aurora takes her words up.
 */
export function createMouth(options: MouthOptions): Mouth {
  const { rooms, conferences, holding, addresses, log } = options;

  async function speak(
    of: { call: string; room: number },
    link: Link,
    { id, reply, parts }: { id: string; reply: string; parts: readonly SpokenPart[] },
  ): Promise<void> {
    const heard = { ...link, heard: { id, hash: hashOfReply(reply) } };
    try {
      const changed = await rooms.change(of.call, (known) => {
        if (known.said[id]) return known;
        const after = turnTaken(known, heard.turn.n, writeLink(heard));
        return { ...after, said: newest({ ...known.said, [id]: [...parts] }) };
      });
      // A repetition on another instance: the words are being announced.
      if (changed?.before?.said[id]) return;
      if (changed && isSilenced(changed.after)) return;
      if (await announceAt(of, heard, id, changed?.after.sid)) return;
    } catch (thrown) {
      log.error("Aurora's words could not be announced; the caller goes back to their own line.", {
        error: asError(thrown),
      });
    }
    await holding.sendOn(of.call);
  }

  async function say(
    of: { call: string; room: number },
    link: Link,
    id: string,
    parts: readonly SpokenPart[],
  ): Promise<boolean> {
    const changed = await rooms.change(of.call, (known) =>
      known.said[id] ? known : { ...known, said: newest({ ...known.said, [id]: [...parts] }) },
    );
    if (!changed) return false;
    return changed.before?.said[id] ? true : announceAt(of, link, id, changed.after.sid);
  }

  async function announceAt(
    { call, room }: { call: string; room: number },
    link: Link,
    id: string,
    known: string | undefined,
  ): Promise<boolean> {
    const sid = known ?? (await conferences.find(roomName(call, room)));
    if (sid === undefined) return false;
    return conferences.announce(sid, addresses.announce(link, { room, say: id }));
  }

  async function announce({ query: sent, link }: Accepted): Promise<SignedAnswer> {
    const query = readQuery(AnnounceQuery, sent);
    const parts = query && (await rooms.read(query.call))?.said[query.say];
    if (!parts) throw new Error('These words are not there any more.');
    return { twiml: announcement(parts, link?.slow === true) };
  }

  return { speak, say, announce };
}

/** A supervisor has begun to speak while Aurora thought. */
function isSilenced(conference: Conference): boolean {
  return isHumanSpeaking(conference) && !conference.aurora;
}

function newest(said: Conference['said']): Conference['said'] {
  const ids = Object.keys(said).sort().slice(-MOST_KEPT);
  return Object.fromEntries(ids.map((id) => [id, said[id] as SpokenPart[]]));
}
