import type { Directory } from '../access/directory.ts';
import type { WorkerLanguages } from '../access/worker-languages.ts';
import type { Assistant, Reply, Situation, SpokenPart, Utterance } from '../assistant/assistant.ts';
import { languageKeys, startingLanguages } from '../assistant/languages/choose.ts';
import { speaks } from '../assistant/languages/wording.ts';
import {
  belongsToSid,
  callId,
  formatTurnToken,
  greetingTurn,
  messageId,
  nextTurn,
  shortHash,
  startOfCall,
} from '../calls/ids.ts';
import type { CallStarted, Heard } from '../calls/model.ts';
import { normalizeNumber } from '../calls/phone.ts';
import { hashOfReply } from '../calls/spoken.ts';
import { callStarted } from '../calls/started.ts';
import { isoInZone } from '../calls/times.ts';
import { atLeast } from '../calls/urgency.ts';
import type { Turns } from '../turn/turn.ts';
import type { Link } from './link.ts';
import type { VoiceParameters } from './parameters.ts';
import { redirectToStart, sayAndListen } from './twiml.ts';

/** Milliseconds that the first call of a cold instance waits to learn whose number was dialled. */
const DIRECTORY_BOUND = 300;

/** Turns are counted from 1; those of a call that begins again on another instance lie above this. */
const FIRST_BY_CLOCK = 100_000;
/** Seconds, nine days, until these places begin anew: a place has six digits. */
const PLACES_BY_CLOCK = 800_000;

export interface VoiceOptions {
  publicBaseUrl: string;
  /** ISO 3166 country of callers' numbers without a country code. */
  defaultCountry: string | undefined;
  /** Present for hashed call ids. */
  hashKey: string | undefined;
  directory: Pick<Directory, 'siteOf' | 'refresh'>;
  workerLanguages: WorkerLanguages;
  /** The call id under which this instance knows a CallSid. */
  knownCallId: (callSid: string) => string | undefined;
  /** The place of the last turn that this instance knows of a call; 0 where it knows none. */
  lastTurnOf: (callId: string) => number;
  turns: Turns;
  assistant: Pick<Assistant, 'card'>;
  /** Told of the company of each webhook, to bring near what its turns need; never waited for. */
  prepare?: (companyId: string) => void;
  /** Runs the work of a key once on this instance. */
  once: (key: string, work: () => Promise<string>) => Promise<string>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** The voice webhooks, from parameters and link to a TwiML document. */
export function createVoice(options: VoiceOptions) {
  const { publicBaseUrl, directory, turns, assistant, once, now } = options;

  /**
   * Keeps no state: picks the call's id and sends Twilio on. Twilio's fallback may send a call here
   * again: the turns after it must not carry the tokens of those before, and come after them.
   */
  async function incomingCall(parameters: VoiceParameters): Promise<string> {
    const link = await newLink(parameters);
    options.workerLanguages.lookUp(link.company, callerOf(parameters.From));
    const random = shortHash(`${parameters.CallSid}|${now()}`, 10);
    const turn = { n: placeToGoOn(parameters, link), random };
    return redirectToStart(publicBaseUrl, { ...link, turn });
  }

  /**
   * The place after which a call goes on. One that is under way was sent here again, and this
   * instance may know none of its turns, or only early ones: it counts on from the clock, far above
   * any count of turns, and higher with each second.
   */
  function placeToGoOn({ CallStatus }: VoiceParameters, link: Link): number {
    const known = options.lastTurnOf(link.call);
    if (CallStatus !== 'in-progress') return known;
    return Math.max(known, FIRST_BY_CLOCK + (Math.floor(now() / 1_000) % PLACES_BY_CLOCK));
  }

  async function startCall(parameters: VoiceParameters, sent: Link | undefined): Promise<string> {
    const link = await linkOf(parameters, sent);
    const beginning = sent ? link.turn : greetingTurn(parameters.CallSid);
    return once(`start ${parameters.CallSid} ${formatTurnToken(beginning)}`, async () => {
      const token = greetingTurn(parameters.CallSid);
      const started = startedBy(parameters, link);
      const languages = languagesFor(parameters, link);
      const { reply, parts } = await turns.start(
        { started, token },
        link.emergencyNumber,
        languages,
      );
      const next = {
        ...link,
        ...languages,
        turn: nextTurn(parameters.CallSid, beginning),
        heard: heard(token, reply),
      };
      return sayAndListen({ publicBaseUrl, link: next, say: parts });
    });
  }

  /** The worker's language counts where it is known by now: a call never waits for it (I1). */
  function languagesFor({ From }: VoiceParameters, { company, languages }: Link) {
    const worker = options.workerLanguages.of(company, callerOf(From));
    const [first = 'en-IN', ...others] = languages;
    return startingLanguages([first, ...others], worker, speaks);
  }

  async function processSpeech(
    parameters: VoiceParameters,
    sent: Link | undefined,
    signal?: AbortSignal,
  ): Promise<string> {
    const link = await linkOf(parameters, sent);
    return once(`${link.call} ${formatTurnToken(link.turn)}`, async () => {
      const utterance = utteranceOf(parameters, link);
      const silences = utterance ? 0 : link.silences + 1;
      const reply = await turns.run({
        started: startedBy(parameters, link),
        token: link.turn,
        utterance,
        silences,
        heard: link.heard,
        situation: situationOf(link),
        signal,
      });
      const next = utterance ? afterWords(link, reply) : link;
      return sayAndListen({
        publicBaseUrl,
        say: partsOf(reply, link.language),
        link: {
          ...next,
          silences,
          turn: nextTurn(parameters.CallSid, link.turn),
          urgency: atLeast(link.urgency, reply.urgency),
          heard: heard(link.turn, reply.reply),
        },
      });
    });
  }

  /** What a caller hears when we failed: the card of the hazard, if one is known, and an open line. */
  function safeWords(parameters: VoiceParameters, sent: Link | undefined): string {
    const link = sent && belongsToSid(sent.call, parameters.CallSid) ? sent : firstLink(parameters);
    const card = assistant.card(link.hazard, link.emergencyNumber, link.language);
    const next = { ...link, turn: nextTurn(parameters.CallSid, link.turn) };
    return sayAndListen({ publicBaseUrl, link: next, say: partsOf(card, link.language) });
  }

  async function linkOf(parameters: VoiceParameters, sent: Link | undefined): Promise<Link> {
    if (!sent || !belongsToSid(sent.call, parameters.CallSid)) return newLink(parameters);
    options.prepare?.(sent.company);
    return sent;
  }

  async function newLink(parameters: VoiceParameters): Promise<Link> {
    await directory.refresh(DIRECTORY_BOUND);
    const link = firstLink(parameters);
    options.prepare?.(link.company);
    return link;
  }

  /** A link for a call that brought none; words that came without one are not lost. */
  function firstLink({ CallSid, From, To, SpeechResult, Digits }: VoiceParameters): Link {
    const site = directory.siteOf(normalizeNumber(To));
    const known = options.knownCallId(CallSid);
    const id =
      known ??
      callId({
        mobileNo: callerOf(From),
        sid: CallSid,
        now: now(),
        timeZone: site.timeZone,
        hashKey: options.hashKey,
      });
    const startedAt = startOfCall(id, site.timeZone)?.toMillis() ?? now();
    return {
      call: id,
      company: site.companyId,
      site: site.siteId,
      startedAt: isoInZone(startedAt, site.timeZone),
      emergencyNumber: site.emergencyNumber,
      turn: { n: 1, random: shortHash(`${CallSid}|${SpeechResult}|${Digits}`, 10) },
      urgency: 'NORMAL',
      confirmed: false,
      badlyHeard: 0,
      slow: false,
      silences: 0,
      epoch: 0,
      language: site.languages[0],
      languages: site.languages,
    };
  }

  function startedBy({ CallSid, From }: VoiceParameters, link: Link): CallStarted {
    return callStarted({
      call_id: link.call,
      at: link.startedAt,
      mobile_no: callerOf(From),
      medium: 'Voice',
      company_id: link.company,
      call_sid: CallSid,
      ...(link.site === undefined ? {} : { site_id: link.site }),
    });
  }

  function callerOf(from: string): string {
    return normalizeNumber(from, options.defaultCountry);
  }

  return { incomingCall, startCall, processSpeech, safeWords };
}

export type Voice = ReturnType<typeof createVoice>;

/** What travels with the call as the reply that the caller heard last. */
function heard(turn: Link['turn'], reply: string): Heard {
  return { id: messageId(turn, 'assistant'), hash: hashOfReply(reply) };
}

/** What the assistant is told of the call besides its words. */
function situationOf(link: Link): Situation {
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

function afterWords(link: Link, reply: Reply): Link {
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
function partsOf({ reply, parts }: Reply, language: string): readonly SpokenPart[] {
  return parts ?? [{ text: reply, language }];
}

const KEYS = ['0', '1', '2', '9'] as const;

/** Undefined for silence, and for a key that means nothing on this call. */
function utteranceOf(
  { SpeechResult, Confidence, Digits }: VoiceParameters,
  link: Link,
): Utterance | undefined {
  const key = KEYS.find((known) => known === Digits) ?? languageKeyOf(Digits, link);
  if (SpeechResult === '' && key === undefined) return undefined;
  return {
    text: SpeechResult,
    ...(Confidence === undefined ? {} : { confidence: Confidence }),
    ...(key === undefined ? {} : { key }),
  };
}

function languageKeyOf(digits: string, link: Link): Utterance['key'] {
  return languageKeys(link).find(({ key }) => key === digits)?.key;
}
