import type { Answers } from './answers.ts';
import { type AnswerOutcome, isKey } from './answers.ts';
import type { Chain } from './chain.ts';
import type { Asked, PagedPeople } from './paged-people.ts';
import type { Calls, Numbers } from './ports.ts';
import type { ChainStore } from './store.ts';
import type { FindTold } from './told.ts';
import { REPLIES, summary } from './words.ts';

/** `1`, or `1 2` where several calls are asked about. Nothing else is an answer: it may be a cry for help. */
const ANSWER = /^\s*([156])(?:[\s,.#-]+([0-9]{1,2}))?\s*[.!]?\s*$/;

/** Milliseconds for which a late answer is told that it is over; after that, `1` means danger again. */
const LATE = 15 * 60_000;

export interface IncomingText {
  /** E.164, perhaps with `whatsapp:` before it; `to` likewise. */
  from: string;
  to: string;
  body: string;
}

export interface SmsAnswersOptions {
  paged: PagedPeople;
  store: ChainStore;
  answers: Answers;
  numbers: Numbers;
  calls: Pick<Calls, 'live'>;
  told: FindTold;
  /** Where a call is taken over. */
  dashboard: string;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * The answer to a page by SMS: resolves to the reply, or to undefined where the sender was asked
 * nothing, or says something else. @throws AuroraError 503 where it could not be stored
 */
export function createSmsAnswers(options: SmsAnswersOptions) {
  const { paged, store, answers, numbers, now } = options;

  return async function answerBySms({ from, to, body }: IncomingText): Promise<string | undefined> {
    const match = ANSWER.exec(body);
    const [, key = '', which] = match ?? [];
    if (!isKey(key)) return undefined;
    const companyId = await numbers.companyOf(plain(to));
    const asked = companyId === undefined ? undefined : await paged.of(companyId, plain(from));
    if (!asked) return undefined;
    const open = await openOf(asked);
    if (open.length === 0) return isLate(asked) ? REPLIES.over : undefined;
    const chosen =
      which === undefined
        ? open.length === 1 && open[0]
        : open.find(({ number }) => number === Number(which));
    if (!chosen) return listOf(open);
    const callId = chosen.chain.call_id;
    const answer = { callId, adminId: asked.admin_id, key, channel: 'sms' } as const;
    return replyTo(await answers.answer(answer));
  };

  async function openOf({ calls }: Asked): Promise<Open[]> {
    const all = await Promise.all(
      Object.entries(calls).map(async ([callId, { number }]) => ({
        number,
        chain: await store.read(callId),
      })),
    );
    return all
      .flatMap(({ number, chain }) => (chain && !chain.closed ? [{ number, chain }] : []))
      .sort((a, b) => a.number - b.number);
  }

  function isLate({ calls }: Asked): boolean {
    return Object.values(calls).some(({ at }) => now() - at < LATE);
  }

  async function listOf(open: readonly Open[]): Promise<string> {
    const lines = await Promise.all(
      open.map(async ({ number, chain }) => {
        const told = await options.told(chain, await options.calls.live(chain.call_id));
        return `${number}) ${summary(told)}`;
      }),
    );
    return `Which call? Write 1, 5 or 6 and its number, such as 1 ${open[0]?.number}. ${lines.join(' ')}`;
  }

  function replyTo(answered: AnswerOutcome): string {
    switch (answered.outcome) {
      case 'accepted':
        return REPLIES.accepted(options.dashboard, answered.seconds);
      case 'taken':
        return REPLIES.taken(answered.name ?? 'Somebody');
      case 'passed_on':
        return REPLIES.passedOn;
      case 'closed':
        return REPLIES.closed;
      case 'over':
        return REPLIES.over;
    }
  }
}

interface Open {
  number: number;
  chain: Chain;
}

function plain(address: string): string {
  return address.replace(/^[a-z]+:/i, '');
}
