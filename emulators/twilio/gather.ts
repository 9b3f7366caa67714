/** From a Gather and what the caller did, what Twilio heard. Pure. */
import type { CallerAction, Gather } from './caller.ts';
import { type Fault, fault } from './faults.ts';
import { mishear } from './speech-recognition.ts';
import type { Verb } from './twiml-rules.ts';

export type Heard =
  | {
      readonly kind: 'speech';
      readonly text: string;
      readonly confidence: number | null;
      /** What was said, where the words were misheard. */
      readonly spoken?: string;
    }
  | {
      readonly kind: 'digits';
      readonly digits: string;
      readonly finishedOnKey: string;
      /** Neither length nor key ended the input: Twilio waited for more. */
      readonly waited: boolean;
    }
  | { readonly kind: 'nothing'; readonly unheard?: string }
  | { readonly kind: 'hung-up' };

const DEFAULT_CONFIDENCE = 0.9;
const DEFAULT_TIMEOUT_IN_SECONDS = 5;

/**
 * @param documentUrl what relative action URLs are relative to; undefined for a document that came
 *   over REST, where there is no such thing
 */
export function readGather(
  verb: Verb,
  prompts: readonly string[],
  documentUrl: string | undefined,
): { gather: Gather } | { fault: Fault } {
  const { attributes } = verb;
  const action = resolveUrl(attributes.action, documentUrl);
  if (action === undefined) {
    return { fault: unresolvable('Gather action', attributes.action, documentUrl) };
  }
  const timeoutInSeconds = Number(attributes.timeout ?? DEFAULT_TIMEOUT_IN_SECONDS);
  const speechTimeout = attributes.speechTimeout ?? String(timeoutInSeconds);
  const input = (attributes.input ?? 'dtmf').split(' ');
  return {
    gather: {
      prompts,
      input: (['dtmf', 'speech'] as const).filter((kind) => input.includes(kind)),
      timeoutInSeconds,
      speechTimeout: speechTimeout === 'auto' ? 'auto' : Number(speechTimeout),
      numDigits: attributes.numDigits === undefined ? null : Number(attributes.numDigits),
      finishOnKey: attributes.finishOnKey ?? '#',
      hints: attributes.hints?.split(',').map((hint) => hint.trim()) ?? [],
      language: attributes.language ?? 'en-US',
      bargeIn: attributes.bargeIn !== 'false',
      actionOnEmptyResult: attributes.actionOnEmptyResult === 'true',
      action,
      method: attributes.method === 'GET' ? 'GET' : 'POST',
    },
  };
}

/** @param speaks the language of what the caller says, BCP 47; undefined where the script tells */
export function hear(gather: Gather, action: CallerAction, speaks?: string): Heard {
  if ('hangUp' in action) return { kind: 'hung-up' };
  if ('silent' in action) return { kind: 'nothing' };
  if (action.bargeIn === true && !gather.bargeIn && gather.prompts.length > 0) {
    return { kind: 'nothing', unheard: 'Twilio does not listen while it speaks (bargeIn="false")' };
  }
  if ('say' in action) {
    if (!gather.input.includes('speech')) {
      return { kind: 'nothing', unheard: 'this Gather takes keys only' };
    }
    if (action.say.trim() === '') return { kind: 'nothing' };
    const confidence = action.confidence === undefined ? DEFAULT_CONFIDENCE : action.confidence;
    const misheard = mishear(action.say, action.language ?? speaks, gather.language);
    if (misheard === undefined) return { kind: 'speech', text: action.say, confidence };
    const unsure = confidence === null ? null : Math.min(confidence, misheard.confidence);
    return { kind: 'speech', text: misheard.text, confidence: unsure, spoken: action.say };
  }
  if (!gather.input.includes('dtmf')) {
    return { kind: 'nothing', unheard: 'this Gather takes speech only' };
  }
  return hearKeys(gather, action.keys);
}

function hearKeys(gather: Gather, keys: string): Heard {
  let digits = '';
  for (const key of keys.replace(/[^0-9*#]/g, '')) {
    if (gather.finishOnKey.includes(key)) {
      return digits === ''
        ? { kind: 'nothing' }
        : { kind: 'digits', digits, finishedOnKey: key, waited: false };
    }
    digits += key;
    if (digits.length === gather.numDigits) {
      return { kind: 'digits', digits, finishedOnKey: '', waited: false };
    }
  }
  if (digits === '') return { kind: 'nothing' };
  return { kind: 'digits', digits, finishedOnKey: '', waited: true };
}

/** An absolute URL stays as it is written, because its signature covers each character. */
export function resolveUrl(
  reference: string | undefined,
  documentUrl: string | undefined,
): string | undefined {
  const trimmed = reference?.trim() ?? '';
  if (trimmed === '') return documentUrl;
  if (/^https?:\/\//i.test(trimmed)) return URL.canParse(trimmed) ? trimmed : undefined;
  if (documentUrl === undefined || !URL.canParse(trimmed, documentUrl)) return undefined;
  return new URL(trimmed, documentUrl).href;
}

export function unresolvable(
  what: string,
  reference: string | undefined,
  documentUrl: string | undefined,
): Fault {
  const message =
    documentUrl === undefined
      ? `${what} "${reference ?? ''}" must be absolute in a document given over REST`
      : `${what} "${reference ?? ''}" is not a URL`;
  return fault('invalid-url', message, documentUrl ?? '');
}
