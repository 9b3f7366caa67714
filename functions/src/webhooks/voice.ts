import type { Directory } from '../access/directory.ts';
import type { WorkerLanguages } from '../access/worker-languages.ts';
import type { Assistant, Utterance } from '../assistant/assistant.ts';
import { languageKeys, startingLanguages } from '../assistant/languages/choose.ts';
import { speaks } from '../assistant/languages/wording.ts';
import {
  belongsToSid,
  callId,
  formatTurnToken,
  greetingTurn,
  nextTurn,
  shortHash,
  startOfCall,
} from '../calls/ids.ts';
import type { CallStarted } from '../calls/model.ts';
import { isTelephone, normalizeNumber } from '../calls/phone.ts';
import { callStarted } from '../calls/started.ts';
import { isoInZone } from '../calls/times.ts';
import type { Turns } from '../turn/turn.ts';
import { within } from '../within.ts';
import { heard, partsOf } from './after-reply.ts';
import type { Link } from './link.ts';
import type { VoiceParameters } from './parameters.ts';
import { speakerOf } from './speaker.ts';
import { createSpokenTurn, lineMoved, type People } from './spoken-turn.ts';
import { redirectToStart, sayAndListen } from './twiml.ts';

/** Milliseconds that the first call of a cold instance waits to learn whose number was dialled. */
const DIRECTORY_BOUND = 300;

/** Milliseconds that a call which is sent here once more waits to learn what it was begun as. */
const CLAIM_BOUND = 300;

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
  /** The call id that a CallSid has claimed wherever it was begun, or a rejection. */
  claimedCallId: (callSid: string) => Promise<string | undefined>;
  /** The place of the last turn that this instance knows of a call; 0 where it knows none. */
  lastTurnOf: (callId: string) => number;
  turns: Turns;
  /** Those who may take a call over; absent: nobody can. */
  people?: People;
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
  const spokenTurn = createSpokenTurn(options);

  /**
   * Keeps no state: picks the call's id and sends Twilio on. Twilio's fallback may send a call here
   * again: the turns after it must not carry the tokens of those before, and come after them.
   */
  async function incomingCall(parameters: VoiceParameters): Promise<string> {
    const link = await newLink(parameters, await idOfCallUnderWay(parameters));
    options.workerLanguages.lookUp(link.company, callerOf(parameters.From));
    const random = shortHash(`${parameters.CallSid}|${now()}`, 10);
    const turn = { n: placeToGoOn(parameters, link), random };
    return redirectToStart(publicBaseUrl, { ...link, turn });
  }

  /** A call that is under way has an id already; undefined where that can't be learned in time. */
  async function idOfCallUnderWay({ CallSid, CallStatus }: VoiceParameters) {
    if (CallStatus !== 'in-progress' || options.knownCallId(CallSid)) return undefined;
    return within(CLAIM_BOUND, options.claimedCallId(CallSid)).catch(() => undefined);
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
      const after = ({ reply }: { reply: string }): Link => ({
        ...link,
        ...languages,
        turn: nextTurn(parameters.CallSid, beginning),
        heard: heard(token, reply),
      });
      const said = await turns.start(
        { started, token },
        link.emergencyNumber,
        languages,
        (words) => [lineMoved(started, after(words), now())],
      );
      return sayAndListen({ publicBaseUrl, link: after(said), say: said.parts });
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
      return spokenTurn({
        link,
        callSid: parameters.CallSid,
        started: startedBy(parameters, link),
        utterance,
        silences: utterance ? 0 : link.silences + 1,
        signal,
      });
    });
  }

  /** What a caller hears when we failed: the card of the hazard, if one is known, and an open line. */
  function safeWords(parameters: VoiceParameters, sent: Link | undefined): string {
    const link = sent && belongsToSid(sent.call, parameters.CallSid) ? sent : firstLink(parameters);
    const next = { ...link, told: undefined, turn: nextTurn(parameters.CallSid, link.turn) };
    // A supervisor has the call as far as is known: Aurora only keeps the line open.
    if (speakerOf(link, undefined, now()).kind === 'supervisor') {
      return sayAndListen({ publicBaseUrl, link: next, say: [] });
    }
    const card = assistant.card(link.hazard, link.emergencyNumber, link.language);
    return sayAndListen({ publicBaseUrl, link: next, say: partsOf(card, link.language) });
  }

  async function linkOf(parameters: VoiceParameters, sent: Link | undefined): Promise<Link> {
    if (!sent || !belongsToSid(sent.call, parameters.CallSid)) return newLink(parameters);
    options.prepare?.(sent.company);
    return sent;
  }

  async function newLink(parameters: VoiceParameters, id?: string): Promise<Link> {
    await directory.refresh(DIRECTORY_BOUND);
    const link = firstLink(parameters, id);
    options.prepare?.(link.company);
    return link;
  }

  /** A link for a call that brought none; words that came without one are not lost. */
  function firstLink(parameters: VoiceParameters, claimed?: string): Link {
    const { CallSid, From, To, SpeechResult, Digits } = parameters;
    const site = directory.siteOf(normalizeNumber(To));
    const id =
      options.knownCallId(CallSid) ??
      claimed ??
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

  function startedBy({ CallSid, From, To }: VoiceParameters, link: Link): CallStarted {
    const dialled = normalizeNumber(To);
    return callStarted({
      call_id: link.call,
      at: link.startedAt,
      mobile_no: callerOf(From),
      medium: 'Voice',
      company_id: link.company,
      call_sid: CallSid,
      ...(isTelephone(dialled) ? { dialled_no: dialled } : {}),
      ...(link.site === undefined ? {} : { site_id: link.site }),
      ...(link.follows === undefined ? {} : { follows: link.follows }),
    });
  }

  function callerOf(from: string): string {
    return normalizeNumber(from, options.defaultCountry);
  }

  return { incomingCall, startCall, processSpeech, safeWords };
}

export type Voice = ReturnType<typeof createVoice>;

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
