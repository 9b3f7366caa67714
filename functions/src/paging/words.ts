import { TOLD } from '../calls/facts.ts';
import type { Call, Fact } from '../calls/model.ts';
import { isTelephone } from '../calls/phone.ts';
import type { Chain, Why } from './chain.ts';

/**
 * What people on call read and hear of a call. Never the caller's words: a message is shown on locked
 * screens and kept by providers. What is known of the incident is told as far as it is sure.
 */

/** What a page tells. */
export interface Told {
  chain: Pick<Chain, 'why' | 'reason'>;
  /** Undefined where it can't be read at this moment. */
  call: Call | undefined;
  /** The worker's name, where the caller is known. */
  worker: string | undefined;
}

const WHAT: Record<Exclude<Why, 'critical'>, string> = {
  silent: 'the caller says nothing',
  ungrounded: 'the caller asks what no manual answers',
  asked: 'the caller asks for a person',
  lease_lapsed: 'nobody speaks with the caller any more',
  requested: 'a supervisor asks for you',
  caller_lost: 'the caller was lost',
};

/** `CRITICAL: fire, hall 3. Caller: Asha Verma.` */
export function summary({ chain, call, worker }: Told): string {
  const urgency = chain.why === 'critical' ? 'CRITICAL' : (call?.urgency ?? 'NORMAL');
  const why = chain.why === 'critical' ? undefined : WHAT[chain.why];
  const facts = [told(call?.facts?.hazard)?.replaceAll('-', ' '), told(call?.facts?.where)];
  const about = [why, ...facts, chain.reason && plain(chain.reason, 60)].filter(Boolean);
  const what = about.length > 0 ? about.join(', ') : 'a call for help';
  return `${urgency}: ${what}. Caller: ${callerOf(call, worker)}.`;
}

/** One text message, short enough for two segments at most in the most common alphabets. */
export function pageText(told: Told, { number, url }: { number: number; url: string }): string {
  const key = (digit: number) => (number > 1 ? `${digit} ${number}` : `${digit}`);
  const answers = `Reply ${key(1)} to accept, ${key(5)} to pass on, ${key(6)} if it is over.`;
  return `Aurora ${summary(told)} ${answers} ${url}`;
}

export function pageSpeech(told: Told): string {
  const [urgency = '', ...rest] = summary(told).split(': ');
  return `This is Aurora, the safety line. ${sentence(urgency.toLowerCase())} call: ${rest.join(': ')}`;
}

export const SPOKEN = {
  keys: 'Press 1 to take it, 5 to pass it on, or 6 if it is over.',
  nothingPressed: 'Nothing was pressed. Somebody else is asked. Goodbye.',
  accepted: 'You have accepted. Open the dashboard now to take the call over.',
  join: 'You have accepted. Press 1 again to speak with the caller now.',
  openDashboard: 'Open the dashboard to take the call over. Goodbye.',
  passedOn: 'Somebody else is asked. Goodbye.',
  closed: 'It is noted as over. Goodbye.',
  over: 'Thank you. This is over already. Goodbye.',
  failed: 'Aurora has a call that needs you. Open the dashboard now. Goodbye.',
} as const;

/** What becomes of the page, for those who were asked as well. */
export const AFTERWARDS = {
  accepted: (name: string) => `Aurora: ${name} has accepted the call. You need not do anything.`,
  held: (name: string) => `Aurora: ${name} has the call now.`,
  dispatched: (name: string) => `Aurora: ${name} has sent help. Nobody else is asked.`,
  person: (name: string) => `Aurora: ${name} says that it is over.`,
  call_over: 'Aurora: the caller is not on the line any more. Look at the call in the dashboard.',
  critical: 'Aurora: another call of the incident that you have accepted is CRITICAL.',
} as const;

export const REPLIES = {
  accepted: (url: string, seconds: number) =>
    `You have it. Take the call over within ${seconds} s: ${url}`,
  taken: (name: string) => `${name} has accepted it already.`,
  passedOn: 'Somebody else is asked.',
  closed: 'It is noted as over.',
  over: 'That is over already.',
} as const;

function told(fact: Fact | undefined): string | undefined {
  if (!fact || fact.confidence < TOLD) return undefined;
  return plain(fact.value, 60) || undefined;
}

function callerOf(call: Call | undefined, worker: string | undefined): string {
  if (worker) return plain(worker, 40);
  const number = call?.mobile_no ?? '';
  return isTelephone(number) ? `number ending in ${number.slice(-3)}` : 'number withheld';
}

/** One line without control characters, of so many characters at most. */
function plain(text: string, most: number): string {
  return text
    .toWellFormed()
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
    .trim();
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
