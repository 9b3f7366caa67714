import type { Assistant, Reply, Situation, Utterance } from '../assistant/assistant.ts';
import type { CallLanguages } from '../assistant/languages/choose.ts';
import { turnOfMessage } from '../calls/ids.ts';
import { type Call, FACT_KINDS } from '../calls/model.ts';
import { type CallState, inOrder } from '../calls/reduce.ts';
import { handedBack } from './handed-back.ts';
import type { Turn } from './model.ts';
import type { OnCall } from './on-call.ts';
import { answerSilence } from './silence.ts';

export interface AnswerOptions {
  assistant: Assistant;
  /** Now, ISO 8601 in the offset of the given time. */
  timestamp: (like: string) => string;
  /** Absent where none are fetched. */
  people?: Pick<OnCall, 'reaches'>;
}

/** What is answered to a turn: by the assistant, or to silence by what is ready for it. */
export function createAnswer({ assistant, timestamp, people }: AnswerOptions) {
  return async function answer(turn: Turn, known: Promise<CallState | undefined>): Promise<Reply> {
    const { silences, situation } = turn;
    const utterance = turn.utterance ?? (turn.resumes ? AGAIN : undefined);
    if (!utterance) {
      const { emergency_number } = situation;
      const words = answerSilence(silences, emergency_number, languagesOf(situation));
      return { sources: '', grounding: { rung: 'dialogue' }, ...words };
    }
    const state = await known;
    const conversation = inOrder(state?.conversation?.messages ?? {}).filter(
      ({ id }) => turnOfMessage(id) < turn.token.n,
    );
    const reaches = people?.reaches(turn.started.company_id);
    const told = { ...situationOf(turn, state?.call), ...(reaches && { reaches }) };
    return assistant.reply(conversation, utterance, told, {
      stamp: { turn: turn.token.n, at: timestamp(turn.started.at) },
      ...(turn.signal ? { signal: turn.signal } : {}),
    });
  };
}

/** A repeated turn is told what was known before it, and not what it reported itself. */
function situationOf({ situation, started, token }: Turn, call: Call | undefined): Situation {
  const known = call?.facts ?? {};
  const reason = handedBack(call);
  const facts = Object.fromEntries(
    FACT_KINDS.flatMap((kind) => {
      const fact = known[kind];
      return fact && fact.turn < token.n ? [[kind, fact]] : [];
    }),
  );
  return {
    company_id: started.company_id,
    ...situation,
    ...(Object.keys(facts).length ? { facts } : {}),
    ...(reason === undefined ? {} : { handed_back: reason }),
  };
}

/** What a caller who presses 0 hears: Aurora's last words. */
const AGAIN: Utterance = { text: '', key: '0' };

/** A call without a language of its own is an English one. */
function languagesOf({ language = 'en-IN', languages = [language] }: Situation): CallLanguages {
  return { language, languages };
}
