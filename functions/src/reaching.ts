import { setTimeout as sleep } from 'node:timers/promises';
import { channelAndNumber } from './calls/channel.ts';
import { conversationId } from './calls/ids.ts';
import type { CallStarted, Message } from './calls/model.ts';
import { inOrder } from './calls/reduce.ts';
import { asError } from './errors.ts';
import { log } from './log.ts';
import type { OutboundText } from './outbound/outbound.ts';
import {
  archive,
  config,
  database,
  firestore,
  lazy,
  liveCall,
  liveConversation,
  mirror,
  now,
  settle,
} from './parts.ts';
import type { FurtherRoute } from './webhooks/app.ts';

/**
 * The composition root of reaching people: who speaks on a call, who is fetched, and how a caller is
 * not lost. Used by the webhooks, the API, the schedules and the tasks; each part is made when it is
 * first asked for, so that no caller's first words pay for it.
 */

/** Twilio's webhooks of these rooms, by path. */
export const furtherRoutes: Record<string, FurtherRoute> = {};

export const twilioAccount = () => ({
  accountSid: config().TWILIO_ACCOUNT_SID,
  authToken: config().twilioAuthTokens()[0] ?? '',
  baseUrl: config().TWILIO_API_BASE_URL,
});

export const companies = lazy(async () => {
  const { createCompanies } = await import('./access/companies.ts');
  return createCompanies({ firestore, now });
});

export const conferences = lazy(async () => {
  const { createConferences } = await import('./twilio/conferences.ts');
  return createConferences(twilioAccount());
});

export const outgoingCalls = lazy(async () => {
  const { createOutgoingCalls } = await import('./twilio/outgoing-calls.ts');
  return createOutgoingCalls(twilioAccount());
});

/** The one door through which anybody is rung or texted of Aurora's own accord. */
export const outbound = lazy(async () => {
  const [room, counts, people, numbers, lookup, calls, messages, status] = await Promise.all([
    import('./outbound/outbound.ts'),
    import('./outbound/counts.ts'),
    import('./outbound/people.ts'),
    import('./outbound/emergency-numbers.ts'),
    import('./access/worker-lookup.ts'),
    import('./twilio/outgoing-calls.ts'),
    import('./twilio/outgoing-messages.ts'),
    import('./webhooks/text/message-status-url.ts'),
  ]);
  const settings = config();
  const findWorker = lookup.createWorkerLookup({ firestore, log });
  const door = room.createOutbound({
    calls: lazy(() => calls.createOutgoingCalls(twilioAccount())),
    messages: lazy(() => messages.createOutgoingMessages(twilioAccount())),
    people: people.createPeople({ firestore, findWorker, now }),
    counts: counts.createCounts({ database: database(), now }),
    caps: {
      callsPerCaller: settings.CALLS_PER_CALLER,
      textsPerCaller: settings.TEXTS_PER_CALLER,
      toCallers: settings.SENDS_TO_CALLERS,
      perPerson: settings.SENDS_PER_PERSON,
      toPeople: settings.SENDS_TO_PEOPLE,
    },
    numbersOf: async (callId) => {
      const call = (await liveCall(callId)) ?? (await (await archive()).call(callId));
      return (
        call && {
          companyId: call.company_id,
          mobileNo: call.mobile_no,
          dialledNo: call.dialled_no,
        }
      );
    },
    countriesOf: async (companyId) => (await (await companies()).of(companyId)).reaching.countries,
    emergencyNumbersOf: numbers.createEmergencyNumbers({
      firestore,
      fallback: settings.EMERGENCY_NUMBER,
    }),
    database: database(),
    log,
  });
  return {
    ...door,
    /** What becomes of a text to a caller stands on the timeline; of pages, their senders see to it. */
    text: (asked: OutboundText) =>
      door.text({
        ...(asked.purpose === 'caller' && {
          statusCallback: status.messageStatusUrl(settings.PUBLIC_BASE_URL, asked.callId, {
            channel: channelAndNumber(asked.to).channel,
            tellsDelivery: true,
          }),
        }),
        ...asked,
      }),
  };
});

/** Which calls are of one incident. */
export const incidents = lazy(async () => {
  const { createIncidents } = await import('./incidents/incidents.ts');
  return createIncidents({ database: database(), apply: mirror().apply, now, log });
});

export const lostStore = lazy(async () => {
  const { createLostStore } = await import('./lost-callers/store.ts');
  return createLostStore(database());
});

/** Callers who say nothing, or whose call broke off. */
export const lostCallers = lazy(async () => {
  const [room, { toldState }, { speaksOfHiding }, { recognize }] = await Promise.all([
    import('./lost-callers/lost-callers.ts'),
    import('./assistant/dialogue/told-state.ts'),
    import('./assistant/floor/hiding.ts'),
    import('./assistant/floor/recognize.ts'),
  ]);
  return room.createLostCallers({
    store: await lostStore(),
    database: database(),
    companies: await companies(),
    outbound,
    askHuman,
    hangUp: async (callSid) => (await outgoingCalls()).hangUp(callSid),
    siteOf: async (dialled) => {
      const directory = await (await import('./aurora.ts')).directory();
      await directory.refresh(NUMBERS_BOUND);
      return directory.siteOf(dialled);
    },
    meaning: {
      toldState,
      speaksOfHiding,
      hazardsIn: (text) => recognize(text).hazards.map(({ hazard }) => hazard),
    },
    join: async (call, lost) => (await incidents()).join(call, lost),
    apply: mirror().apply,
    wake: wakeAt,
    publicBaseUrl: config().PUBLIC_BASE_URL,
    now,
    log,
  });
});

/** What people on call are told of a lost caller, by why they are asked. */
const WHY_ASKED: Record<string, string> = {
  threat: 'do not ring them, there is a threat',
  hiding: 'do not ring them, they hide',
  policy: 'nobody has called them back',
  too_often: 'lost again and again',
  caller_unreachable: 'they could not be reached',
};

/** Fetches people for a caller whom nobody may ring, or whom nobody reaches. */
async function askHuman(of: {
  callId: string;
  started: CallStarted;
  reason: string;
}): Promise<void> {
  const { pager } = await import('./pages.ts');
  const reason = WHY_ASKED[of.reason] ?? of.reason;
  await (await pager()).raise({ ...of, reason, why: 'caller_lost' });
}

/** The minute schedule looks after callers, too: without its task one waits a little longer. */
async function wakeAt(callId: string, at: number): Promise<void> {
  try {
    const { pageQueue } = await import('./queues.ts');
    await (await pageQueue()).enqueue({ lost: callId, due: at }, at);
  } catch (error) {
    log.warn('A lost caller is looked after by the schedule alone.', { error: asError(error) });
  }
}

/** Runs one task that looks after a lost caller. */
export const lostTask = lazy(async () => {
  const { createLostTask } = await import('./lost-callers/lost-task.ts');
  const { runDue } = await lostCallers();
  return createLostTask({ runDue, wake: wakeAt, sleep, now });
});

/** Milliseconds in which it must be known whose number was dialled. */
const NUMBERS_BOUND = 2_000;

/** Aurora's last words in a call, live or archived, as far as the caller heard them. */
export async function lastWords(callId: string): Promise<Message | undefined> {
  const id = conversationId(callId);
  const [live, archived] = await Promise.all([
    liveConversation(id),
    archive().then(({ conversation }) => conversation(id)),
  ]);
  const messages = archived?.messages ?? inOrder(live?.messages ?? {});
  return messages.findLast(({ role, spoken }) => role === 'assistant' && spoken !== false);
}

/**
 * Archives a call that has ended. Before that it is seen whether its caller is lost, while the call
 * with its words is still at hand; after it, what is due for them is done, which the schedule does
 * otherwise.
 */
export async function settleEnded(callId: string): Promise<void> {
  const { notice, runDue } = await lostCallers();
  await notice(callId);
  await (await settle()).settle(callId);
  await (await import('./pages.ts')).lookAgain(callId);
  await runDue(callId).catch((error: unknown) =>
    log.error('A lost caller could not be looked after at once; the next minute does.', {
      error: asError(error),
    }),
  );
}
