/**
 * Calls that are made by REST: POST Calls.json.
 *
 * Differs from Twilio: any number can stand in From; SIP, clients, applications, recording,
 * asynchronous machine detection and digits to send are not known here and are refused or ignored;
 * how long a machine is listened to is not heeded; a number where no telephone is plugged in does
 * what the server was told.
 */
import { z } from 'zod';
import { runCall } from './call-session.ts';
import { createCallState } from './call-state.ts';
import { type OutgoingOrder, PROGRESS_EVENTS } from './outgoing-order.ts';
import { type FinalCallStatus, newSid, progressParameters } from './parameters.ts';
import { callJson, LONGEST_TWIML, twimlTooLong } from './rest-calls.ts';
import { badRequest, RestError } from './rest-errors.ts';
import type { RingAction } from './ringing.ts';
import { identityOf } from './session-settings.ts';
import type { CallRecord, CallSwitchboard, DialResult, EndedCall } from './switchboard.ts';
import { createDelivery } from './webhook-delivery.ts';

/** What happens at a number without a telephone: nobody lifts a receiver. */
export type Unattended = Exclude<RingAction, { answer: unknown }>;

export interface OutgoingCallsOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly switchboard: CallSwitchboard;
  readonly unattended: Unattended;
  readonly timeScale: number;
  readonly log: (message: string) => void;
}

const method = z.enum(['GET', 'POST']).default('POST');
const isWebAddress = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url);

const newCallSchema = z.object({
  To: z.string().default(''),
  From: z.string().default(''),
  Url: z.string().default(''),
  Twiml: z.string().default(''),
  Method: method,
  FallbackUrl: z.string().default(''),
  FallbackMethod: method,
  StatusCallback: z.string().default(''),
  StatusCallbackMethod: method,
  Timeout: z.coerce.number().int().min(1).max(600).default(60),
  TimeLimit: z.coerce.number().int().min(1).nullable().default(null),
  MachineDetection: z.enum(['Enable', 'DetectMessageEnd']).nullable().default(null),
});
type NewCall = z.infer<typeof newCallSchema>;

/** The first rule that is broken is what Twilio answers. */
const RULES: { broken: (call: NewCall) => boolean; code: number; message: string }[] = [
  { broken: ({ To }) => To === '', code: 21201, message: "No 'To' number is specified" },
  { broken: ({ From }) => From === '', code: 21213, message: "No 'From' number is specified" },
  {
    broken: ({ To }) => !/^\+[1-9]\d{6,14}$/.test(To),
    code: 21211,
    message: "The 'To' number is not a valid phone number.",
  },
  {
    broken: ({ From }) => !/^\+[1-9]\d{6,14}$/.test(From),
    code: 21212,
    message: "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID.",
  },
  {
    broken: ({ Url, Twiml }) => Url === '' && Twiml === '',
    code: 21205,
    message: 'Url parameter is required.',
  },
  {
    broken: ({ Url, FallbackUrl }) =>
      [Url, FallbackUrl].some((url) => url !== '' && !isWebAddress(url)),
    code: 21205,
    message: 'Url is not a valid URL: it must be absolute',
  },
  {
    broken: ({ StatusCallback: url }) => url !== '' && !isWebAddress(url),
    code: 21609,
    message: "Invalid 'StatusCallback' URL",
  },
];

export function createOutgoingCalls(options: OutgoingCallsOptions) {
  const { accountSid, switchboard, unattended, timeScale, log } = options;
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();

  return {
    create,
    dialFrom,
    /** No number without a telephone rings any more. */
    async stop() {
      closing.abort();
      await Promise.allSettled(underWay);
    },
  };

  /** @throws RestError */
  function create(form: URLSearchParams) {
    const order = readOrder(form, accountSid);
    return callJson(dial(order));
  }

  /** Has the call made by the telephone at its number, or by nobody. */
  function dial(order: OutgoingOrder): CallRecord {
    const queued = createCallState(identityOf(order), () => {}).record;
    if (switchboard.ring(queued, order)) {
      void switchboard.ended(order.callSid).then((end) => track(tellForLost(end, order)));
      return queued;
    }
    const calling = runCall({
      order,
      onRing: () => unattended,
      switchboard,
      authToken: options.authToken,
      timeScale,
      signal: closing.signal,
    });
    track(calling);
    return queued;
  }

  /** From another call, where a telephone is plugged in: to its end. */
  async function dialFrom(
    order: OutgoingOrder,
    signal: AbortSignal,
  ): Promise<DialResult | undefined> {
    const queued = createCallState(identityOf(order), () => {}).record;
    if (!switchboard.ring(queued, order)) return undefined;
    const stop = () =>
      void switchboard.find(order.callSid)?.call.update({ kind: 'status', status: 'completed' });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const end = await switchboard.ended(order.callSid);
    signal.removeEventListener('abort', stop);
    track(tellForLost(end, order));
    const { status, startedAt, durationInSeconds } = end.record;
    return {
      status: status as FinalCallStatus,
      answered: startedAt !== null,
      durationInSeconds: durationInSeconds ?? 0,
    };
  }

  /** Twilio tells the end of a call, whatever became of the telephone. */
  async function tellForLost({ record, lost }: EndedCall, order: OutgoingOrder): Promise<void> {
    const { statusCallback: url, statusCallbackMethod: method, statusCallbackEvents } = order;
    if (!lost || url === '' || !statusCallbackEvents.includes('completed')) return;
    const leg = { ...identityOf(order), callStatus: record.status };
    const parameters = progressParameters(leg, {
      sequenceNumber: statusCallbackEvents.length - 1,
      at: record.endedAt ?? new Date(),
      durationInSeconds: record.durationInSeconds ?? 0,
    });
    const delivery = createDelivery({
      authToken: options.authToken,
      product: 'voice',
      emit: () => {},
    });
    const purpose = 'status-callback';
    const { fault } = await delivery.deliver({ purpose, url, method, parameters });
    if (fault !== undefined) log(`Status callback: ${fault.message} (${fault.code}).`);
  }

  function track(work: Promise<unknown>): void {
    const tracked = work.then(
      () => {},
      (error: unknown) => log(`An outgoing call failed: ${error}`),
    );
    underWay.add(tracked);
    void tracked.finally(() => underWay.delete(tracked));
  }
}

function readOrder(form: URLSearchParams, accountSid: string): OutgoingOrder {
  const parsed = newCallSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) {
    throw badRequest(parsed.error.issues.map(({ path, message }) => `${path}: ${message}`).join());
  }
  const call = parsed.data;
  const broken = RULES.find((rule) => rule.broken(call));
  if (broken !== undefined) throw new RestError(400, broken.code, broken.message);
  if (call.Twiml.length > LONGEST_TWIML) throw twimlTooLong(call.Twiml);
  const wanted = form.getAll('StatusCallbackEvent').flatMap((value) => value.split(' '));
  const events = PROGRESS_EVENTS.filter((event) => wanted.includes(event));
  return {
    callSid: newSid('CA'),
    accountSid,
    from: call.From,
    to: call.To,
    direction: 'outbound-api',
    parentCallSid: null,
    // Where both are given, Twilio ignores the TwiML.
    instructions:
      call.Url === ''
        ? { kind: 'twiml', twiml: call.Twiml }
        : { kind: 'url', url: call.Url, method: call.Method },
    fallbackUrl: call.FallbackUrl,
    fallbackMethod: call.FallbackMethod,
    statusCallback: call.StatusCallback,
    statusCallbackMethod: call.StatusCallbackMethod,
    statusCallbackEvents: events.length === 0 ? ['completed'] : events,
    timeoutInSeconds: call.Timeout,
    timeLimitInSeconds: call.TimeLimit,
    machineDetection: call.MachineDetection,
  };
}
