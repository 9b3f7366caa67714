import type { Message, Urgency } from '../../calls/model.ts';
import { atLeast } from '../../calls/urgency.ts';
import type { Assistant, Reply, Situation, Utterance } from '../assistant.ts';
import { compareUrgency, type Recognition, recognize } from '../floor/recognize.ts';
import { MAX_CHARACTERS } from '../floor/words.ts';
import type { Manuals, Procedure } from '../manual/manual.ts';
import { contentWords, createManualSearch } from '../retrieval/search.ts';
import { createCardReader } from './cards.ts';
import { type Intent, recognizeIntents } from './intents.ts';
import { changesCard } from './takeover.ts';
import { compose, countWords, promisesHelp, VARIANTS, WORDING, withNumber } from './wording.ts';

/** Below this Twilio's Confidence means "heard badly". */
const HEARD_BADLY = 0.5;
/** Words of a procedure that are read to somebody who only asks about it. */
const WORDS_ABOUT = 40;

/**
 * The assistant that needs nothing but the manual: judges by the lexicon, answers from the manual,
 * and says so when it has no answer. Deterministic, without I/O after construction, and bounded: a
 * reply takes a few milliseconds for the longest text.
 */
export function createEmbeddedAssistant({ manuals }: { manuals: Manuals }): Assistant {
  const { procedures } = manuals;
  const search = createManualSearch(manuals);

  return { reply, card };

  async function reply(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
  ): Promise<Reply> {
    try {
      return answer(conversation, utterance, situation);
    } catch {
      // Nothing above is known to throw; if it does, the caller still gets the safe words.
      return card(situation?.hazard, situation?.emergency_number ?? '');
    }
  }

  function card(hazard: string | undefined, emergencyNumber: string): Reply {
    const procedure = procedures.get(hazard ?? '');
    const { callNow, getAway, whatHappens, stayOnLine } = WORDING;
    if (!procedure) {
      const words = compose([getAway, callNow, stayOnLine, whatHappens]);
      return { reply: withNumber(words, emergencyNumber), urgency: 'URGENT', sources: '' };
    }
    const words = compose([procedure.steps[0], callNow, stayOnLine], [procedure.questions[0]]);
    return {
      reply: withNumber(words, emergencyNumber),
      urgency: procedure.urgency,
      sources: procedure.title,
      hazard: procedure.id,
      step: 0,
    };
  }

  function answer(
    conversation: readonly Message[],
    utterance: Utterance,
    situation: Situation,
  ): Reply {
    const text = utterance.text.slice(0, MAX_CHARACTERS).trim();
    const { emergency_number: number } = situation;
    const recognition = recognize(text);
    const intents = recognizeIntents(text);
    const reader = createCardReader(conversation, situation);
    const current = procedures.get(situation.hazard ?? '');
    const step = currentStep(situation, current);
    const asked = procedures.get(situation.asked ?? '');
    const heardBadly = text !== '' && (utterance.confidence ?? 1) < HEARD_BADLY;
    const callsForHelp = recognition.callForHelp && recognition.hazards.length === 0;

    return finish(heardBadly ? (badlyHeard() ?? decide()) : decide());

    function decide(): Reply {
      const known = recognition.hazards.filter(({ hazard }) => procedures.has(hazard));
      const onlyCurrent = known.every(({ hazard }) => hazard === current?.id);
      if (onlyCurrent && !callsForHelp) {
        if (wants('0', 'repeat')) return say(repeated(), 'NORMAL');
        if (asked && (wants('1') || agrees())) return confirmed(asked, asked.urgency);
        if (wants('9', 'person')) return person();
        if (wants('1')) return danger();
        if (wants('2') || (known.length === 0 && wants('2', 'safe'))) return safe();
      }
      const judged = keyUrgency(recognition.urgency);
      const change = changesCard(known, current, procedures);
      if (change.to) return begin(change.to, judged, change.before);
      if (callsForHelp) return current ? goOn(current, 'CRITICAL') : danger('');
      const [aside] = recognition.aside.filter(({ hazard }) => procedures.has(hazard));
      if (aside && known.length === 0 && !inTheMiddle(aside)) return notHappening(aside, judged);
      const wish = besides(judged);
      if (wish) return wish;
      const passage = current && !isQuestion(text) ? undefined : search.find(text, current?.id);
      if (passage) return { ...say(passage.answer, judged), sources: passage.procedure.title };
      if (!current) return withoutHazard(judged);
      const unanswered = isQuestion(text) && known.length === 0 && contentWords(text).length > 0;
      const also = change.also ? `I understand, also ${change.also.spoken}.` : '';
      return goOn(current, judged, unanswered ? WORDING.noAnswer : also);
    }

    /** The card goes on when something beside it is denied, or its own hazard is asked about. */
    function inTheMiddle({ hazard, because }: Recognition['aside'][number]): boolean {
      return current !== undefined && (hazard !== current.id || because === 'about');
    }

    /** A bad hearing raises and is asked back; it never takes anything back. */
    function badlyHeard(): Reply | undefined {
      const [heard] = [...recognition.hazards, ...recognition.aside]
        .filter(({ hazard }) => procedures.has(hazard))
        .sort((one, other) => compareUrgency(other.urgency, one.urgency));
      if (utterance.key || callsForHelp) return undefined;
      if (heard) {
        const procedure = procedures.get(heard.hazard) as Procedure;
        if (procedure === asked) return confirmed(procedure, heard.urgency);
        const { to } = changesCard([heard], current, procedures);
        return current && !to ? goOn(current, heard.urgency) : askBack(procedure, heard.urgency);
      }
      if (asked && agrees()) return undefined;
      if (intents.has('repeat') || intents.has('person')) return undefined;
      return { ...say(reader.vary(VARIANTS.notHeard), 'NORMAL'), ...keepAsked() };
    }

    function askBack(procedure: Procedure, urgency: Urgency): Reply {
      const question = `Did you say ${procedure.spoken}? Press 1 if yes, or say it again.`;
      const meanwhile =
        urgency === 'CRITICAL'
          ? `If you are in danger, get away from it and call {emergency_number} now.`
          : '';
      return { ...say(compose([question, meanwhile]), urgency), asked: procedure.id };
    }

    /** What was asked back is so: its card begins, unless the present one goes first. */
    function confirmed(procedure: Procedure, urgency: Urgency): Reply {
      const change = changesCard([{ hazard: procedure.id, urgency }], current, procedures);
      if (change.to || !current) return begin(procedure, urgency, change.before);
      return goOn(current, urgency);
    }

    function begin(procedure: Procedure, urgency: Urgency, before?: string): Reply {
      if (procedure === current) return goOn(procedure, urgency);
      return { ...reader.begin(procedure, before), urgency };
    }

    function goOn(procedure: Procedure, urgency: Urgency, before?: string): Reply {
      return { ...reader.goOn(procedure, step, before), urgency };
    }

    function danger(before: string = WORDING.inDanger): Reply {
      if (current) return goOn(current, 'CRITICAL', before);
      const { getAway, callNow, marked, whatHappens } = WORDING;
      return say(compose([before, getAway, callNow], [marked, whatHappens]), 'CRITICAL');
    }

    function safe(): Reply {
      return say(compose([WORDING.safe], [WORDING.safeQuestion]), recognition.urgency);
    }

    function person(): Reply {
      const { person, personQuestion } = WORDING;
      return say(compose([person, personQuestion]), atLeast('URGENT', recognition.urgency));
    }

    function notHappening(aside: Recognition['aside'][number], urgency: Urgency): Reply {
      const procedure = procedures.get(aside.hazard) as Procedure;
      if (aside.because === 'drill') return say(WORDING.drill, urgency);
      if (aside.because === 'about') return about(procedure, urgency);
      const taken = aside.because === 'negated' ? `no ${procedure.spoken}` : 'it is over';
      return say(compose([`I understand: ${taken}.`, WORDING.thanks]), urgency);
    }

    /** Somebody asks about a hazard that is, by their words, not there. */
    function about(procedure: Procedure, urgency: Urgency): Reply {
      const passage = search.find(text);
      const steps: string[] = [];
      for (const text of procedure.steps) {
        if (countWords([...steps, text].join(' ')) > WORDS_ABOUT) break;
        steps.push(text);
      }
      const words = passage?.answer ?? steps.join(' ');
      return {
        ...say(compose([words], [WORDING.notHappening]), urgency, procedure.id),
        sources: (passage?.procedure ?? procedure).title,
      };
    }

    /** Wishes that are answered in the middle of a card too. */
    function besides(urgency: Urgency): Reply | undefined {
      if (current && intents.has('next')) return goOn(current, urgency);
      if (current && intents.has('greeting')) return goOn(current, urgency, WORDING.here);
      if (intents.has('number')) return say(WORDING.number, urgency);
      if (intents.has('who')) return say(WORDING.who, urgency);
      if (intents.has('thanks')) return say(WORDING.thanks, urgency);
      return undefined;
    }

    function withoutHazard(urgency: Urgency): Reply {
      if (asked && intents.has('no')) return say(WORDING.notAsked, urgency);
      if (text === '' || intents.has('greeting'))
        return say(reader.vary(VARIANTS.greeting), urgency);
      return say(reader.vary(VARIANTS.unknown), urgency);
    }

    function repeated(): string {
      const last = conversation.findLast(
        ({ role, content }) => role === 'assistant' && content.trim(),
      );
      if (last && !promisesHelp(last.content)) return last.content.slice(0, MAX_CHARACTERS).trim();
      return current?.steps[step] ?? VARIANTS.greeting[0];
    }

    /** Words beside the card: the card and its step stay as they are. */
    function say(words: string, urgency: Urgency, askedNow?: string): Reply {
      return {
        reply: withNumber(words, number),
        urgency,
        sources: '',
        ...(current ? { hazard: current.id } : {}),
        ...(current && step >= 0 ? { step } : {}),
        ...(askedNow === undefined ? {} : { asked: askedNow }),
      };
    }

    function keepAsked(): Pick<Reply, 'asked'> {
      return asked ? { asked: asked.id } : {};
    }

    /** A key is plain; words count only without one. */
    function wants(key: Utterance['key'], intent?: Intent): boolean {
      if (utterance.key) return utterance.key === key;
      return intent !== undefined && intents.has(intent);
    }

    function agrees(): boolean {
      return !utterance.key && intents.has('yes') && !intents.has('no');
    }

    function keyUrgency(urgency: Urgency): Urgency {
      if (utterance.key === '1') return 'CRITICAL';
      return utterance.key === '9' ? atLeast('URGENT', urgency) : urgency;
    }

    /** I8: whoever becomes CRITICAL hears the number in the same reply, whatever was said. */
    function finish(reply: Reply): Reply {
      const becomesCritical = reply.urgency === 'CRITICAL' && situation.urgency !== 'CRITICAL';
      const call = withNumber(WORDING.callNow, number);
      if (!becomesCritical || reply.reply.includes(withNumber('{emergency_number}', number))) {
        return reply;
      }
      return { ...reply, reply: `${call} ${reply.reply}` };
    }
  }
}

function currentStep({ step }: Situation, procedure: Procedure | undefined): number {
  if (!procedure || step === undefined || !Number.isInteger(step) || step < 0) return -1;
  return Math.min(step, procedure.steps.length - 1);
}

function isQuestion(text: string): boolean {
  return (
    /\?\s*$/.test(text) ||
    /^(and |but |so |ok |okay )?(can|could|may|should|shall|must|do|does|is|are|how|what|where|when|which|why|who|kya|kaise|kahan|que|como|donde|puedo|debo)\b/i.test(
      text,
    )
  );
}
