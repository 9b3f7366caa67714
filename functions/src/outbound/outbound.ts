import { shortHash } from '../calls/ids.ts';
import { optOutKey } from '../calls/opt-outs.ts';
import { AuroraError, asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import type { OutgoingCalls, OutgoingMessages } from '../twilio/calling.ts';
import { within } from '../within.ts';
import { judge } from './allowed.ts';
import type { Cap, Counts } from './counts.ts';
import { planned } from './number-plan.ts';
import type { People } from './people.ts';

/**
 * The one door through which anybody is rung or texted of Aurora's own accord. Behind it stand
 * allow-list, caps and opt-outs; what it refuses is told to whoever asked, who puts it on the
 * call's timeline.
 */
export interface Outbound {
  call(call: OutboundCall): Promise<Sent>;
  text(text: OutboundText): Promise<Sent>;
}

/**
 * Why somebody is reached: people on call are paged, a supervisor's own phone is joined with a
 * call, the caller is texted or called back, and the emergency number is dialled.
 */
export type Purpose = 'page' | 'join' | 'caller' | 'emergency';

interface Outgoing {
  companyId: string;
  /** The call for whose sake it is done. */
  callId: string;
  /** E.164; of a text by WhatsApp with `whatsapp:` before it, `from` likewise. */
  to: string;
  from: string;
  purpose: Purpose;
}

export interface OutboundCall extends Outgoing {
  /** Absolute; asked for TwiML when the call is answered. */
  url: string;
  /** Absolute. */
  statusCallback: string;
  /** Seconds of ringing. */
  timeout?: number;
  detectMachine?: boolean;
}

export interface OutboundText extends Outgoing {
  /** 1,600 characters at most. */
  body: string;
  statusCallback?: string;
}

/**
 * `capped`: so much was sent to that number, or for that company, within this hour. `not_allowed`:
 * the number is nobody's whom Aurora may reach. `no_number`: what is asked for is no telephone
 * number. `failed`: it was not sent, or nobody can tell; `reason` has a code, never a number.
 */
export type Sent =
  | { sid: string }
  | {
      refused: 'capped' | 'opted_out' | 'not_allowed' | 'no_number' | 'failed';
      reason?: string;
    };

/** What is asked of the call for whose sake somebody is reached. */
export interface CallNumbers {
  companyId: string;
  /** The caller's own. */
  mobileNo: string;
  dialledNo: string | undefined;
}

/** How often, within one hour of the clock. */
export interface SendCaps {
  callsPerCaller: number;
  textsPerCaller: number;
  /** Calls and texts to all callers of one company. */
  toCallers: number;
  /** Calls, and texts, to one worker or admin who is paged or joined. */
  perPerson: number;
  /** Calls and texts to all people of one company. */
  toPeople: number;
}

export interface OutboundOptions {
  calls: () => OutgoingCalls;
  messages: () => OutgoingMessages;
  people: People;
  counts: Counts;
  caps: SendCaps;
  /** Live or archived; undefined where there is none. */
  numbersOf: (callId: string) => Promise<CallNumbers | undefined>;
  /** Countries in which a company's callers may be reached; empty: that of the dialled number. */
  countriesOf: (companyId: string) => Promise<readonly string[]>;
  /** All that were set for a company and its sites. */
  emergencyNumbersOf: (companyId: string) => Promise<readonly string[]>;
  database: Pick<LiveDatabase, 'read'>;
  log: Log;
}

/** Milliseconds for what is looked up of a number before somebody is reached. */
const LOOK_UP_BOUND = 2_000;

/**
 * Where what must be looked up can't be, people on call and the emergency number are reached all the
 * same: a page that is missing may cost a life, and those numbers come from the company's own
 * records. A caller's number came from a stranger: without a look nobody is rung there, and what is
 * due is tried again.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const { calls, messages, people, counts, caps, database, log } = options;

  async function call(asked: OutboundCall): Promise<Sent> {
    const { to, from, url, statusCallback, timeout, detectMachine } = asked;
    if (!isNumber(from)) return { refused: 'no_number', reason: 'nothing_to_call_from' };
    return (
      (await refusalOf(asked, 'call', to)) ??
      send(() =>
        calls().create({
          to,
          from,
          url,
          statusCallback,
          ...(timeout === undefined ? {} : { timeout }),
          ...(detectMachine === undefined ? {} : { detectMachine }),
        }),
      )
    );
  }

  async function text(asked: OutboundText): Promise<Sent> {
    const { to, from, body, statusCallback } = asked;
    const number = plain(to);
    if (!isNumber(plain(from)) || asked.purpose === 'emergency') {
      return { refused: 'no_number', reason: 'nothing_to_text_from' };
    }
    return (
      (await refusalOf(asked, 'text', number)) ??
      send(() =>
        messages().send({
          to,
          from,
          body,
          ...(statusCallback === undefined ? {} : { statusCallback }),
        }),
      )
    );
  }

  async function refusalOf(
    asked: OutboundCall | OutboundText,
    kind: 'call' | 'text',
    to: string,
  ): Promise<Sent | undefined> {
    const isOfCaller = asked.purpose === 'caller';
    try {
      const verdict = await within(LOOK_UP_BOUND, judged(asked, to));
      if (verdict !== 'allowed') return verdict;
      if (kind === 'text' && isOfCaller && (await hasOptedOut(asked.companyId, to))) {
        return { refused: 'opted_out' };
      }
      if (asked.purpose === 'emergency') return undefined;
      return (await counts.take(capsOf(asked, kind, to))) ? undefined : { refused: 'capped' };
    } catch (thrown) {
      const error = asError(thrown);
      if (isOfCaller) {
        log.error('A caller was not reached: it could not be looked up whether they may be.', {
          error,
        });
        return { refused: 'failed', reason: 'look_up_failed' };
      }
      log.error('Somebody is reached although it could not be looked up whether they may be.', {
        error,
      });
      if (asked.purpose !== 'emergency' && (planned(to)?.costly ?? true)) {
        return { refused: 'not_allowed', reason: 'costly' };
      }
      return undefined;
    }
  }

  async function judged({ companyId, callId, purpose }: OutboundCall | OutboundText, to: string) {
    const isOfCaller = purpose === 'caller';
    const [isPerson, numbers, countries, emergencyNumbers] = await Promise.all([
      purpose === 'emergency' ? false : people.isPerson(companyId, to),
      isOfCaller ? options.numbersOf(callId) : undefined,
      isOfCaller ? options.countriesOf(companyId) : [],
      purpose === 'emergency' ? options.emergencyNumbersOf(companyId) : [],
    ]);
    const own = numbers?.companyId === companyId ? numbers : undefined;
    return judge({
      to,
      purpose,
      isPerson,
      caller: own?.mobileNo,
      dialled: own?.dialledNo,
      countries,
      emergencyNumbers,
    });
  }

  async function hasOptedOut(companyId: string, number: string): Promise<boolean> {
    return (await database.read(live.optOut(optOutKey(companyId, number)))).value !== null;
  }

  function capsOf(
    { companyId, purpose }: OutboundCall | OutboundText,
    kind: string,
    to: string,
  ): Cap[] {
    const isOfCaller = purpose === 'caller';
    const each = kind === 'call' ? caps.callsPerCaller : caps.textsPerCaller;
    const whom = isOfCaller ? 'caller' : 'person';
    return [
      {
        key: shortHash(JSON.stringify([companyId, whom, kind, to]), 32),
        most: isOfCaller ? each : caps.perPerson,
      },
      {
        key: shortHash(JSON.stringify([companyId, whom]), 32),
        most: isOfCaller ? caps.toCallers : caps.toPeople,
      },
    ];
  }

  async function send(sending: () => Promise<string>): Promise<Sent> {
    try {
      return { sid: await sending() };
    } catch (thrown) {
      const error = asError(thrown);
      const { code, status } = thrown instanceof AuroraError ? thrown : {};
      log.error('Twilio did not take what was to be sent.', { code, status, error });
      return {
        refused: 'failed',
        reason: code === 'twilio_refused' ? `twilio_${status}` : 'twilio_away',
      };
    }
  }

  return { call, text };
}

/** Without the prefix of a channel such as WhatsApp. */
function plain(address: string): string {
  return address.replace(/^[a-z]+:/i, '');
}

function isNumber(number: string): boolean {
  return /^\+[0-9]{7,15}$/.test(number);
}
