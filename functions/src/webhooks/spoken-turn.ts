import type { Reply, Utterance } from '../assistant/assistant.ts';
import { keptGrounding } from '../calls/grounding.ts';
import { nextTurn } from '../calls/ids.ts';
import type { CallEvent, CallStarted } from '../calls/model.ts';
import type { CallState } from '../calls/reduce.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import type { Reading } from '../turn/reading.ts';
import type { Turns } from '../turn/turn.ts';
import { within } from '../within.ts';
import { heard, situationOf } from './after-reply.ts';
import { type Heard, heardAfter, type Told } from './heard-after.ts';
import { type Link, writeLink } from './link.ts';
import { speakerOf } from './speaker.ts';
import { sayAndListen } from './twiml.ts';

/**
 * Milliseconds that a turn of a held call waits to learn who has it. Aurora has nothing to say there,
 * so nobody waits for her (I1); what is learned is that she is to speak again, or a message.
 */
const HOLD_PATIENCE = 1_000;

/** Aurora judges the words of a held call by her rules: no model is asked for what nobody hears. */
const RULES_ALONE = AbortSignal.abort();

/** What the line needs of those who may take a call over. */
export interface People {
  /** Ends a lease that has lapsed, and pages the next person; resolves to the call as it is then. */
  lapse(callId: string): Promise<CallState>;
}

export interface SpokenTurnOptions {
  publicBaseUrl: string;
  turns: Pick<Turns, 'run' | 'note'>;
  people?: People;
  /** Epoch milliseconds. */
  now: () => number;
}

/** One turn on the line. */
export interface OnLine {
  link: Link;
  callSid: string;
  started: CallStarted;
  utterance: Utterance | undefined;
  /** Silences in a row, this one included. */
  silences: number;
  signal?: AbortSignal | undefined;
}

/**
 * A turn on a telephone call, where a supervisor may have the call instead of Aurora. Who has it is
 * read beside the assistant. An ordinary turn takes what has come when Aurora has thought, and once
 * more when her words are durable; it never waits for it. A held turn waits a little. Whoever has the
 * call by then is heard: Aurora's words are not said, and not recorded, where it is a supervisor. A
 * takeover that comes later still redirects the call.
 */
export function createSpokenTurn({ publicBaseUrl, turns, people, now }: SpokenTurnOptions) {
  return async function spokenTurn(turn: OnLine): Promise<string> {
    const { link, started, utterance } = turn;
    const isHeld = link.heldUntil !== undefined;
    const resumes = isHeld || link.resumes;
    let live: Reading<CallState> | undefined;
    let known: CallState | undefined;
    let told: Told | undefined;

    const made = await turns.run({
      started,
      token: link.turn,
      utterance,
      silences: resumes ? 0 : turn.silences,
      heard: link.heard,
      told: link.told,
      resumes,
      situation: situationOf(link),
      signal: isHeld ? RULES_ALONE : turn.signal,
      async floor(reply, reads) {
        live = reads;
        known = isHeld ? await heldState(link, reads) : reads.now();
        told = toldAfter(turn, reply, known);
        return { reply: told.reply, events: eventsOf(turn, told) };
      },
    });
    if (!told) throw new Error('Nobody has decided who is heard.');
    // Words that were withheld are not said after all: nothing holds them. The next held turn learns
    // that Aurora has the call.
    const late = known || told.by === 'supervisor' ? undefined : live?.now();
    if (late) {
      const unheard = told.reply;
      told = toldAfter(turn, made, late);
      if (told.by === 'supervisor') {
        await turns.note(turn, [...withdrawn(turn, unheard), ...eventsOf(turn, told)]);
      }
    }
    return sayAndListen({ publicBaseUrl, link: told.next, say: told.say });
  };

  function toldAfter(turn: OnLine, made: Reply, state: CallState | undefined): Told {
    const { link } = turn;
    const speaker = speakerOf(link, state, now());
    // A held turn has seen to it already; here nobody waits.
    if (speaker.kind === 'aurora' && speaker.lapsed && link.heldUntil === undefined) {
      void people?.lapse(callIdOf(link, state)).catch(() => {});
    }
    const taken: Heard = { ...turn, made, state, speaker };
    return heardAfter(taken, nextTurn(turn.callSid, link.turn));
  }

  /** Who has a held call; a lease that has ended is ended here and now. */
  async function heldState(link: Link, live: Reading<CallState>): Promise<CallState | undefined> {
    const state = await live.within(HOLD_PATIENCE);
    const speaker = speakerOf(link, state, now());
    if (!people || speaker.kind === 'supervisor' || !speaker.lapsed) return state;
    try {
      return await within(HOLD_PATIENCE, people.lapse(callIdOf(link, state)));
    } catch {
      // The lease is over by the clock all the same: Aurora speaks.
      return state;
    }
  }

  /** A reply that was recorded, and that nobody hears: the same message once more, as one of those. */
  function withdrawn({ link, started }: OnLine, unheard: Reply | undefined): CallEvent[] {
    if (!unheard?.reply) return [];
    const { reply: content, sources } = unheard;
    const { id, hash } = heard(link.turn, '');
    const timestamp = isoInZone(now(), zoneOf(started.at));
    const grounding = keptGrounding(unheard.grounding);
    const message = {
      id,
      role: 'assistant' as const,
      content,
      timestamp,
      sources,
      ...(grounding && { grounding }),
    };
    return [{ type: 'message_added', call_id: started.call_id, message, heard: { id, hash } }];
  }

  function eventsOf({ started }: OnLine, { moves, next, news }: Told): CallEvent[] {
    return moves ? [...news, lineMoved(started, next, now())] : news;
  }
}

/** The call that is live under a link's id: itself, or the one that continues it. */
function callIdOf({ call }: Link, state: CallState | undefined): string {
  return state?.call?.conversation_id.replace(/^conv_/, 'call_') ?? call;
}

/** That this turn was offered to the caller (now in epoch milliseconds). */
export function lineMoved(started: CallStarted, link: Link, now: number): CallEvent {
  return {
    type: 'line_moved',
    call_id: started.call_id,
    at: isoInZone(now, zoneOf(started.at)),
    line: { epoch: link.epoch, turn: link.turn.n, link: writeLink(link) },
  };
}
