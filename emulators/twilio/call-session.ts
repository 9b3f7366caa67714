/**
 * The life of one call: *ringing -> in-progress -> over*. The call goes step by step: a step fetches
 * a document and executes it until something decides the next step. A hang-up or a REST update
 * interrupts the step that is under way; what that step still does is not heard.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCallState } from './call-state.ts';
import { createChaos, PLAIN_DELIVERY } from './chaos.ts';
import type { Exchange, TelephoneEvent } from './events.ts';
import { type Fault, fault } from './faults.ts';
import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_CALLER_NUMBER,
  LOCAL_DEMO_NUMBER,
} from './local-account.ts';
import {
  type FinalCallStatus,
  newSid,
  statusCallbackParameters,
  voiceParameters,
} from './parameters.ts';
import type { CallRecord, CallUpdate } from './switchboard.ts';
import type { CallOptions, CallResult } from './telephone.ts';
import { executeVerb, type Step, type VerbContext } from './verbs.ts';
import { readAnswer, readDocument, type VoiceDocument } from './voice-document.ts';
import { createDelivery } from './webhook-delivery.ts';

type Ending = Extract<Step, { kind: 'end' }>;

const HUNG_UP: Ending = { kind: 'end', by: 'caller' };
/** Documents in a row without a Gather or a Pause; a real call would spin just as endlessly. */
const MOST_DOCUMENTS_WITHOUT_REST = 25;
const APPLICATION_ERROR = 'We are sorry, an application error has occurred. Goodbye.';

export async function runCall(options: CallOptions): Promise<CallResult> {
  const base = options.baseUrl.replace(/\/+$/, '');
  const {
    callSid = newSid('CA'),
    accountSid = LOCAL_ACCOUNT_SID,
    authToken = LOCAL_AUTH_TOKEN,
    from = LOCAL_CALLER_NUMBER,
    to = LOCAL_DEMO_NUMBER,
    voiceUrl = `${base}/incoming-call`,
    statusCallbackUrl = `${base}/call-status`,
    fallbackUrl = `${base}/twilio-fallback.xml`,
    fallbackMethod = 'GET',
    timeScale = 1,
    dialOutcome = () => ({ status: 'no-answer' }) as const,
  } = options;

  const said: string[] = [];
  const exchanges: Exchange[] = [];
  const faults: Fault[] = [];
  const planDelivery = options.chaos === undefined ? undefined : createChaos(options.chaos);
  const delivery = createDelivery({ authToken, product: 'voice', emit });
  /** Steps that were interrupted may still wait for an answer. */
  const underWay = new Set<Promise<unknown>>();
  let documentsWithoutRest = 0;
  let interruption: AbortController | undefined;
  /** How the call goes on after an interruption that is not a hang-up. */
  let ordered: Step | undefined;

  let report: (record: CallRecord) => void = () => {};
  const state = createCallState({ accountSid, callSid, from, to }, (record) => report(record));
  report = options.switchboard?.connect(state.record, { update }) ?? report;
  const hangUp = () => interruption?.abort();
  options.signal?.addEventListener('abort', hangUp);

  try {
    emit({ type: 'call-started', callSid, from, to });
    const { by, status } = await runSteps();
    await sendStatusCallback(status);
    await Promise.allSettled(underWay);
    const durationSeconds = state.record.durationInSeconds ?? 0;
    return { callSid, said, exchanges, faults, endedBy: by, status, durationSeconds };
  } finally {
    options.signal?.removeEventListener('abort', hangUp);
    if (state.record.endedAt === null) state.end('failed');
  }

  async function runSteps(): Promise<Required<Ending>> {
    let step: Step = fetchStep('incoming-call', voiceUrl, 'POST', {});
    if (options.signal?.aborted) step = HUNG_UP;
    while (step.kind !== 'end') {
      const controller = new AbortController();
      interruption = controller;
      const interrupted = new Promise<Step>((resolve) => {
        controller.signal.addEventListener('abort', () => resolve(HUNG_UP), { once: true });
      });
      const working = perform(step, controller.signal);
      track(working);
      const decided = await Promise.race([working, interrupted]);
      controller.abort();
      step = options.signal?.aborted ? HUNG_UP : (ordered ?? decided);
      ordered = undefined;
    }
    interruption = undefined;
    // A document that ends without Reject was executed on an answered line.
    if (step.by === 'aurora' && step.status === undefined) state.answer();
    const answered = state.record.startedAt !== null;
    const status = step.status ?? (answered ? 'completed' : 'no-answer');
    state.end(status);
    emit({ type: 'hung-up', by: step.by, status });
    return { ...step, status };
  }

  function track(working: Promise<unknown>): void {
    underWay.add(working);
    const done = () => underWay.delete(working);
    working.then(done, done);
  }

  async function perform(step: Exclude<Step, Ending>, signal: AbortSignal): Promise<Step> {
    if (step.kind === 'document') {
      return execute(readDocument(step.text, undefined), step, signal);
    }
    const plan = planDelivery?.() ?? {
      ...PLAIN_DELIVERY,
      emptySpeechResult: options.emptyResult === 'empty',
    };
    const empty =
      step.emptyResult !== undefined && plan.emptySpeechResult ? { [step.emptyResult]: '' } : {};
    const standard = voiceParameters(state.leg);
    const webhook = {
      ...step,
      parameters: { ...standard, ...step.parameters, ...empty },
      parametersAfterRedirect: standard,
    };
    const answer = await delivery.deliver(webhook, plan);
    return execute(answer.fault === undefined ? readAnswer(answer) : answer, step, signal);
  }

  async function execute(
    document: VoiceDocument | { fault: Fault },
    step: Step,
    signal: AbortSignal,
  ): Promise<Step> {
    if (signal.aborted) return HUNG_UP;
    if ('fault' in document) return afterFault(document.fault, step);
    for (const warning of document.warnings) emit({ type: 'fault', fault: warning });
    documentsWithoutRest += 1;
    if (documentsWithoutRest > MOST_DOCUMENTS_WITHOUT_REST) {
      const message = `${documentsWithoutRest} documents without a Gather or a Pause`;
      emit({ type: 'fault', fault: fault('redirect-loop', message, document.url ?? '') });
      return applicationError();
    }
    const context = createContext(document.url, signal);
    for (const verb of document.verbs) {
      if (verb.name === 'Gather' || verb.name === 'Pause') documentsWithoutRest = 0;
      const next = await executeVerb(verb, context);
      if (signal.aborted) return HUNG_UP;
      if (next !== undefined) return 'fault' in next ? afterFault(next.fault, step) : next;
    }
    return { kind: 'end', by: 'aurora' };
  }

  function createContext(documentUrl: string | undefined, signal: AbortSignal): VerbContext {
    return {
      documentUrl,
      caller: options.caller,
      speaks: options.sttLanguage,
      dialOutcome,
      signal,
      timeScale,
      isAnswered: () => state.record.startedAt !== null,
      answer: state.answer,
      emit(event) {
        if (!signal.aborted) emit(event);
      },
      async wait(seconds) {
        if (timeScale === 0 || seconds <= 0) return;
        await sleep(seconds * 1000 * timeScale, undefined, { signal }).catch(() => undefined);
      },
    };
  }

  /** To the fallback URL; where that is what failed, or there is none, the call is over. */
  function afterFault(found: Fault, failed: Step): Step {
    emit({ type: 'fault', fault: found });
    const inFallback = failed.kind === 'fetch' && failed.purpose === 'fallback';
    if (fallbackUrl === '' || inFallback) return applicationError();
    const parameters = { ErrorCode: String(found.code), ErrorUrl: found.url };
    return fetchStep('fallback', fallbackUrl, fallbackMethod, parameters);
  }

  function applicationError(): Step {
    state.answer();
    emit({ type: 'said', text: APPLICATION_ERROR, speaker: 'twilio' });
    return { kind: 'end', by: 'fault' };
  }

  async function update(change: CallUpdate): Promise<boolean> {
    const { status } = state.record;
    if (interruption === undefined || options.signal?.aborted) return false;
    if (change.kind !== 'status' && status !== 'in-progress') return false;
    if (change.kind === 'status' && change.status === 'canceled' && status !== 'ringing') {
      return false;
    }
    emit({ type: 'updated-by-rest', change: change.kind });
    ordered = orderedBy(change, status === 'ringing' ? 'canceled' : 'completed');
    interruption.abort();
    return true;
  }

  async function sendStatusCallback(status: FinalCallStatus): Promise<void> {
    if (statusCallbackUrl === '') return;
    emit({ type: 'status-callback', status });
    const { durationInSeconds, endedAt } = state.record;
    const seconds = durationInSeconds ?? 0;
    const parameters = statusCallbackParameters(state.leg, seconds, endedAt ?? new Date());
    const webhook = fetchStep('status-callback', statusCallbackUrl, 'POST', parameters);
    const answer = await delivery.deliver(webhook, planDelivery?.());
    if (answer.fault === undefined) return;
    const refused = fault('status-callback-refused', answer.fault.message, statusCallbackUrl);
    emit({ type: 'fault', fault: refused });
  }

  function emit(event: TelephoneEvent): void {
    if (event.type === 'said') said.push(event.text);
    if (event.type === 'fault') faults.push(event.fault);
    if (event.type === 'request-answered') exchanges.push(event.exchange);
    options.onEvent?.(event);
  }
}

type FetchStep = Extract<Step, { kind: 'fetch' }>;

function fetchStep(
  purpose: FetchStep['purpose'],
  url: string,
  method: FetchStep['method'],
  parameters: FetchStep['parameters'],
): FetchStep {
  return { kind: 'fetch', purpose, url, method, parameters };
}

function orderedBy(change: CallUpdate, status: FinalCallStatus): Step {
  switch (change.kind) {
    case 'twiml':
      return { kind: 'document', text: change.twiml };
    case 'url':
      return fetchStep('rest-update', change.url, change.method, {});
    case 'status':
      return { kind: 'end', by: 'aurora', status };
  }
}
