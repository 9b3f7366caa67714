/**
 * Executes the verbs of one document. Each either passes on to the next verb (undefined) or decides
 * how the call goes on.
 *
 * Differs from Twilio: speech is text that takes no time, and is heard once whatever its loop; Play and partialResultCallback request
 * nothing; Dial reaches nobody but reports the outcome it is told, and sends none of its nouns'
 * callbacks.
 */
import type { CallIdentity } from './call-state.ts';
import type { Caller, CallerAction, Gather } from './caller.ts';
import type { Conferences } from './conference-protocol.ts';
import { dial } from './dial-verb.ts';
import type { EndedBy, Purpose, TelephoneEvent } from './events.ts';
import type { Fault } from './faults.ts';
import { hear, readGather, resolveUrl, unresolvable } from './gather.ts';
import {
  type DialOutcome,
  digitsParameters,
  type FinalCallStatus,
  speechParameters,
} from './parameters.ts';
import { languageOf } from './say-language.ts';
import type { HttpMethod, Parameters } from './signed-request.ts';
import type { Switchboard } from './switchboard.ts';
import type { createTranscriptions } from './transcription.ts';
import type { Verb } from './twiml-rules.ts';
import { untilAborted } from './until-aborted.ts';
import type { VoiceDocument } from './voice-document.ts';

/** How a call goes on. */
export type Step =
  | {
      readonly kind: 'fetch';
      readonly purpose: Purpose;
      readonly url: string;
      readonly method: HttpMethod;
      /** Beside the standard voice parameters. */
      readonly parameters: Parameters;
      /** Nothing was heard: Twilio sends this name empty, or not at all. */
      readonly emptyResult?: 'SpeechResult' | 'Digits';
    }
  | { readonly kind: 'document'; readonly text: string }
  /** An outgoing call: until somebody, or nobody, answers. */
  | { readonly kind: 'ring' }
  /** A call that was dialled from another one talks to that. */
  | { readonly kind: 'bridge'; readonly room: string }
  | { readonly kind: 'end'; readonly by: EndedBy; readonly status?: FinalCallStatus };

/** What a verb decides: a step, or that it can't be executed. */
export type Decision = Step | { readonly fault: Fault };

export interface Dialled {
  readonly numbers: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface VerbContext {
  readonly call: Pick<CallIdentity, 'accountSid' | 'callSid' | 'from' | 'to'>;
  readonly documentUrl: string | undefined;
  /** Undefined where the telephone is connected to no switchboard. */
  readonly conferences: Conferences | undefined;
  readonly transcriptions: Pick<ReturnType<typeof createTranscriptions>, 'start' | 'stop'>;
  readonly caller: Caller;
  /** The language that the caller speaks, BCP 47; undefined where the script of the words tells. */
  readonly speaks: string | undefined;
  readonly dialOutcome: (dialled: Dialled) => DialOutcome | Promise<DialOutcome>;
  /** Calls telephones that are plugged in; undefined where what comes of it is told beforehand. */
  readonly dial: Switchboard['dial'];
  /** Aborted when the call is redirected or ended from outside. */
  readonly signal: AbortSignal;
  isAnswered(): boolean;
  answer(): void;
  emit(event: TelephoneEvent): void;
  /** Whether what aborts the signal is the end of the call. */
  isHangingUp(): boolean;
  /** A document that is heard beside the call's own. */
  fetchDocument(
    purpose: Purpose,
    url: string,
    method: HttpMethod,
  ): Promise<VoiceDocument | { readonly fault: Fault }>;
  /** Lets call time pass; returns early when the signal is aborted. */
  wait(seconds: number): Promise<void>;
  /** 0 to 1 real seconds per call second. */
  readonly timeScale: number;
}

export async function executeVerb(verb: Verb, context: VerbContext): Promise<Decision | undefined> {
  switch (verb.name) {
    case 'Say':
    case 'Play':
      context.answer();
      speak(verb, context);
      return undefined;
    case 'Pause':
      // A call whose document begins with Pause rings on meanwhile.
      await pause(verb, context);
      return undefined;
    case 'Gather':
      context.answer();
      return gather(verb, context);
    case 'Redirect':
      return redirect(verb, context);
    case 'Dial':
      context.answer();
      return dial(verb, context);
    case 'Hangup':
      context.answer();
      return { kind: 'end', by: 'aurora' };
    case 'Start':
      for (const noun of verb.nouns) {
        const found = context.transcriptions.start(noun, context.documentUrl);
        if (found?.severity === 'error') return { fault: found };
        if (found !== undefined) context.emit({ type: 'fault', fault: found });
      }
      return undefined;
    case 'Stop':
      for (const noun of verb.nouns) context.transcriptions.stop(noun.attributes.name);
      return undefined;
    case 'Reject': {
      // Only a call that was not answered can be rejected.
      const status = verb.attributes.reason === 'busy' ? 'busy' : 'no-answer';
      return { kind: 'end', by: 'aurora', ...(!context.isAnswered() && { status }) };
    }
  }
}

function speak(verb: Verb, { emit }: VerbContext): string[] {
  if (verb.name === 'Play') {
    emit({ type: 'played', url: verb.text });
    return [verb.text];
  }
  if (verb.text === '') return [];
  emit({ type: 'said', text: verb.text, speaker: 'aurora', ...languageOf(verb) });
  return [verb.text];
}

async function pause(verb: Verb, { emit, wait }: VerbContext): Promise<void> {
  const seconds = Number(verb.attributes.length ?? 1);
  emit({ type: 'paused', seconds });
  await wait(seconds);
}

async function gather(verb: Verb, context: VerbContext): Promise<Decision | undefined> {
  const { caller, emit, signal } = context;
  const prompts: string[] = [];
  const read = readGather(verb, prompts, context.documentUrl);
  if ('fault' in read) return read;
  for (const nested of verb.nested) {
    if (nested.name === 'Pause') await pause(nested, context);
    else prompts.push(...speak(nested, context));
  }
  if (signal.aborted) return undefined;

  emit({ type: 'gather-opened', gather: read.gather });
  const asked = performance.now();
  const action = await ask(caller, read.gather, context);
  const heard = hear(read.gather, action, context.speaks);
  const next = { kind: 'fetch', purpose: 'gather', ...actionOf(read.gather) } as const;
  switch (heard.kind) {
    case 'hung-up':
      return { kind: 'end', by: 'caller' };
    case 'speech': {
      const { kind: _, ...speech } = heard;
      const { language } = read.gather;
      emit({ type: 'speech', ...speech, language });
      return { ...next, parameters: speechParameters(speech.text, speech.confidence, language) };
    }
    case 'digits': {
      emit({ type: 'keys', keys: heard.digits + heard.finishedOnKey });
      if (heard.waited) await context.wait(read.gather.timeoutInSeconds);
      return { ...next, parameters: digitsParameters(heard.digits, heard.finishedOnKey) };
    }
    case 'nothing': {
      if (heard.unheard !== undefined) emit({ type: 'unheard', action, reason: heard.unheard });
      const seconds = read.gather.timeoutInSeconds;
      const gone = (performance.now() - asked) / 1000;
      await context.wait(Math.max(0, seconds - gone));
      emit({ type: 'silence', seconds });
      if (!read.gather.actionOnEmptyResult) return undefined;
      const emptyResult = read.gather.input.includes('speech') ? 'SpeechResult' : 'Digits';
      return { ...next, parameters: {}, emptyResult };
    }
  }
}

function actionOf({ action, method }: Gather): { url: string; method: HttpMethod } {
  return { url: action, method };
}

/** Twilio stops listening when the time is over, unless the caller is one that types. */
async function ask(caller: Caller, gather: Gather, context: VerbContext): Promise<CallerAction> {
  const tooLate = new AbortController();
  const signal = AbortSignal.any([context.signal, tooLate.signal]);
  const answer = Promise.resolve(caller.next(gather, signal));
  const silence = { silent: true } as const;
  if (caller.patient !== true && context.timeScale > 0) {
    context.wait(gather.timeoutInSeconds).then(() => tooLate.abort());
  }
  const action = await untilAborted(answer, signal, silence);
  if (signal.aborted) return silence;
  tooLate.abort();
  return action;
}

function redirect(verb: Verb, { documentUrl }: VerbContext): Decision {
  const url = resolveUrl(verb.text, documentUrl);
  if (url === undefined) {
    return { fault: unresolvable('Redirect to', verb.text, documentUrl) };
  }
  const method = verb.attributes.method === 'GET' ? 'GET' : 'POST';
  return { kind: 'fetch', purpose: 'redirect', url, method, parameters: {} };
}
