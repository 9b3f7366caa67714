/**
 * What Twilio accepts in a voice document: verbs, their attributes and values, and what may stand in
 * them (twilio.com/docs/voice/twiml). As at Twilio, a piece that breaks a rule is a warning: an
 * attribute falls back to its default, a verb is skipped.
 *
 * Differs from Twilio: only the verbs below exist here (Record, Enqueue, Connect, Pay, Refer, Sms, …
 * are reported as unknown); voices and languages are checked by their form, not against the
 * provider's list.
 */
import { type Fault, type FaultKind, fault } from './faults.ts';
import {
  anything,
  boolean,
  coded,
  language,
  method,
  oneOf,
  positive,
  type Rule,
  url,
  voice,
  wholeNumber,
} from './twiml-checks.ts';
import type { TwimlElement } from './twiml-document.ts';
import { findNounFaults, NOUNS } from './twiml-nouns.ts';

export type VerbName =
  | 'Say'
  | 'Play'
  | 'Pause'
  | 'Gather'
  | 'Redirect'
  | 'Dial'
  | 'Hangup'
  | 'Reject'
  | 'Start'
  | 'Stop';

export interface Verb {
  readonly name: VerbName;
  /** Only those that Twilio accepts. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** Nested verbs of a Gather. */
  readonly nested: readonly Verb[];
  /** Whom a Dial calls (numbers, clients, conferences), what a Start starts and a Stop stops. */
  readonly nouns: readonly TwimlElement[];
}

const SPEECH_MODEL =
  /^(default|numbers_and_commands|phone_call|experimental_(conversations|utterances)|googlev2_(long|short|telephony|telephony_short)|deepgram_nova-(2(-[a-z]+)?|3))$/;

const VERBS: Readonly<Record<VerbName, Readonly<Record<string, Rule>>>> = {
  Say: {
    voice: coded(voice, 13512),
    language: coded(language, 13511),
    loop: coded(wholeNumber, 13510),
  },
  Play: { loop: coded(wholeNumber, 13410), digits: { check: (v) => /^[0-9*#wW]+$/.test(v) } },
  Pause: { length: coded(positive, 13910) },
  Gather: {
    action: url,
    method: coded(method, 13312),
    timeout: coded(positive, 13313),
    numDigits: coded(positive, 13314),
    finishOnKey: { check: (value) => /^[0-9*#]*$/.test(value), code: 13310 },
    input: { check: isInput },
    language: {
      check: (value, { speechModel }) =>
        value === 'multi' ? speechModel === 'deepgram_nova-3' : language.check(value, {}),
    },
    hints: { check: areHints, code: 13330 },
    speechTimeout: {
      check: (value, { speechModel }) =>
        value === 'auto' ? speechModel === undefined : positive.check(value, {}),
      code: 13327,
    },
    speechModel: { check: (value) => SPEECH_MODEL.test(value) },
    maxSpeechTime: coded(positive, 13328),
    profanityFilter: {
      check: (value, attributes) =>
        boolean.check(value, {}) && attributes.speechModel !== 'numbers_and_commands',
    },
    enhanced: boolean,
    bargeIn: boolean,
    debug: boolean,
    actionOnEmptyResult: coded(boolean, 13338),
    partialResultCallback: url,
    partialResultCallbackMethod: method,
  },
  Redirect: { method: coded(method, 13710) },
  Dial: {
    action: url,
    method: coded(method, 13210),
    timeout: coded(positive, 13212),
    hangupOnStar: coded(boolean, 13213),
    timeLimit: coded(positive, 13216),
    callerId: coded(anything, 13214),
    answerOnBridge: boolean,
    sequential: boolean,
    record: oneOf(
      'do-not-record',
      'record-from-answer',
      'record-from-ringing',
      'record-from-answer-dual',
      'record-from-ringing-dual',
      'true',
      'false',
    ),
    recordingStatusCallback: url,
    recordingStatusCallbackMethod: method,
    recordingStatusCallbackEvent: anything,
    recordingTrack: oneOf('inbound', 'outbound', 'both'),
    ringTone: { check: (value) => /^(automatic|[a-z]{2}(-old)?)$/.test(value) },
    trim: oneOf('trim-silence', 'do-not-trim'),
    referUrl: url,
    referMethod: method,
    events: anything,
    passports: anything,
    recordingConfigurationId: anything,
  },
  Hangup: {},
  Reject: { reason: oneOf('rejected', 'busy') },
  Start: { action: url, method },
  Stop: {},
};
const GATHER_MAY_HOLD = new Set(['Say', 'Play', 'Pause']);
const DIAL_MAY_HOLD = new Set([
  'Number',
  'Client',
  'Conference',
  'Sip',
  'Queue',
  'Sim',
  'Application',
  'WhatsApp',
]);
const START_MAY_HOLD = new Set(['Transcription']);
const SAY_MAY_HOLD = new Set([
  'break',
  'emphasis',
  'lang',
  'p',
  'phoneme',
  'prosody',
  's',
  'say-as',
  'sub',
  'w',
]);
/** URL-encoded text of one Say; see error 13521. */
const LONGEST_ENCODED_SAY = 4_500;

/** @param url where the document came from */
export function readVerbs(root: TwimlElement, url: string): { verbs: Verb[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const report = (kind: FaultKind, message: string, code?: number) =>
    faults.push(fault(kind, message, url, code));

  function readChildren(parent: TwimlElement, allowed?: ReadonlySet<string>): Verb[] {
    if (parent.ownText.trim() !== '') {
      report('stray-text', `text stands directly in <${parent.name}>`);
    }
    return parent.children.flatMap((child) => {
      if (!isVerb(child.name)) {
        report('unknown-verb', `<${child.name}> is not a verb that is known here`);
        return [];
      }
      if (allowed !== undefined && !allowed.has(child.name)) {
        report('verb-not-allowed-here', `<${child.name}> must not stand in <${parent.name}>`);
        return [];
      }
      return [readVerb(child.name, child)];
    });
  }

  function readVerb(name: VerbName, element: TwimlElement): Verb {
    const attributes = readAttributes(name, element, VERBS[name]);
    const verb = { name, attributes, text: element.text.trim(), nested: [], nouns: [] };
    if (name === 'Gather') return { ...verb, nested: readChildren(element, GATHER_MAY_HOLD) };
    if (name === 'Dial') return { ...verb, nouns: readNouns(element, DIAL_MAY_HOLD) };
    if (name === 'Start' || name === 'Stop') {
      return { ...verb, nouns: readNouns(element, START_MAY_HOLD) };
    }
    if (name === 'Say') {
      keepAllowed(element, SAY_MAY_HOLD);
      return { ...verb, text: sayable(verb.text, attributes.voice) };
    }
    keepAllowed(element, new Set());
    return verb;
  }

  function keepAllowed(element: TwimlElement, allowed: ReadonlySet<string>): TwimlElement[] {
    return element.children.filter((child) => {
      if (allowed.has(child.name)) return true;
      report('verb-not-allowed-here', `<${child.name}> must not stand in <${element.name}>`);
      return false;
    });
  }

  function readNouns(element: TwimlElement, allowed: ReadonlySet<string>): TwimlElement[] {
    const nouns = keepAllowed(element, allowed);
    for (const message of findNounFaults(element.name, nouns)) {
      report('verb-not-allowed-here', message);
    }
    return nouns.map((noun) => {
      const rules = NOUNS[noun.name];
      return rules === undefined
        ? noun
        : { ...noun, attributes: readAttributes(noun.name, noun, rules) };
    });
  }

  function readAttributes(
    name: string,
    element: TwimlElement,
    rules: Readonly<Record<string, Rule>>,
  ): Record<string, string> {
    const accepted = Object.entries(element.attributes).filter(([attribute, value]) => {
      const rule = Object.hasOwn(rules, attribute) ? rules[attribute] : undefined;
      if (rule === undefined) {
        report('unknown-attribute', `<${name}> has no attribute ${attribute}`);
        return false;
      }
      if (rule.check(value, element.attributes)) return true;
      const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
      report('invalid-attribute', `<${name} ${attribute}="${shown}"> is not allowed`, rule.code);
      return false;
    });
    return Object.fromEntries(accepted);
  }

  /** Text that fails is not spoken at all. */
  function sayable(text: string, voiceName = ''): string {
    if (text === '') report('say-empty', 'a <Say> has nothing to say');
    const limit = voiceName.startsWith('Google.')
      ? 5_000
      : voiceName.startsWith('Polly.')
        ? 3_000
        : 4_096;
    const encoded = encodeURIComponent(text.toWellFormed()).length;
    if (text.length <= limit && encoded <= LONGEST_ENCODED_SAY) return text;
    report(
      'say-too-long',
      `a <Say> has ${text.length} characters (${encoded} URL-encoded); ` +
        `this voice speaks ${limit} (${LONGEST_ENCODED_SAY})`,
    );
    return '';
  }

  return { verbs: readChildren(root), faults };
}

function isVerb(name: string): name is VerbName {
  return Object.hasOwn(VERBS, name);
}

function isInput(value: string): boolean {
  const kinds = value.split(' ');
  return kinds.every((kind) => kind === 'dtmf' || kind === 'speech') && kinds.length <= 2;
}

function areHints(value: string): boolean {
  const hints = value.split(',');
  return hints.length <= 500 && hints.every((hint) => hint.trim().length <= 100);
}
