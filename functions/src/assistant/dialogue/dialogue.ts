import type { Message } from '../../calls/model.ts';
import type { Reply, Situation, TurnStamp, Utterance } from '../assistant.ts';
import type { Considered, Menu } from '../choice.ts';
import type { Packs } from '../manual/packs.ts';
import { decide } from './decide.ts';
import { finish } from './finish.ts';
import { menuOf } from './menu.ts';
import { safeWords } from './safe-words.ts';
import { speakChoice } from './speak.ts';
import { type Turn, turnOf } from './turn.ts';

export interface Dialogue {
  /**
   * What the rules make of a turn, at once and without I/O. Never throws for any words; bounded: a
   * turn takes a few milliseconds for the longest text.
   */
  consider(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
    stamp?: TurnStamp,
  ): Considered;
  /** See `Assistant.card`. */
  card(hazard: string | undefined, emergencyNumber: string, language?: string): Reply;
}

const NOTHING: Menu = { cards: [], steps: [], passages: [], questions: [] };

/**
 * The dialogue of rules: judges by the floor, answers from the pack of the caller's company, and says
 * so when it has no answer. Deterministic.
 */
export function createDialogue({ packs }: { packs: Pick<Packs, 'of'> }): Dialogue {
  return {
    consider,
    card: (hazard, number, language) => safeWords(packs.of(undefined), hazard, number, language),
  };

  function consider(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
    stamp?: TurnStamp,
  ): Considered {
    try {
      const pack = packs.of(situation.company_id);
      return considered(turnOf(conversation, utterance, situation, pack, stamp));
    } catch {
      // Nothing above is known to throw; if it does, the caller still gets the safe words.
      const number = situation?.emergency_number ?? '';
      const reply = safeWords(packs.of(undefined), situation?.hazard, number, situation?.language);
      return { reply, settled: true, menu: NOTHING, speak: () => reply };
    }
  }
}

function considered(turn: Turn): Considered {
  const draft = decide(turn);
  const reply = finish(turn, draft);
  const settled = draft.settled ?? draft.rung === 'floor';
  const menu = settled ? NOTHING : menuOf(turn, draft.hazard);
  return {
    reply,
    settled,
    menu,
    speak(choice) {
      try {
        return settled ? reply : speakChoice(turn, menu, reply, choice);
      } catch {
        return reply;
      }
    },
  };
}
