import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { asError } from './errors.ts';
import { log } from './log.ts';
import { createPageAddresses } from './paging/addresses.ts';
import { insteadOfEmergency, insteadOfPage } from './paging/documents.ts';
import { config, database, firestore, lazy, liveCall, mirror, now } from './parts.ts';
import { live } from './paths.ts';
import { mirrorQueue, pageQueue } from './queues.ts';
import { companies, incidents, lostTask, outbound, twilioAccount } from './reaching.ts';
import type { Accepted, FurtherRoute } from './webhooks/app.ts';
import { within } from './within.ts';

/**
 * The composition root of fetching people: in the function `twilio`, which begins it with the turn
 * that calls for it, in the task `page`, which is its guarantee, in the API and the schedules.
 */

/** Milliseconds that is waited for the live call, before a task is given what was done. */
const RECORD_BOUND = 3_000;

/** Who can be rung: light, so that a turn can be told whether anybody can. */
export const peopleOnCall = lazy(async () => {
  const { createPeopleOnCall } = await import('./paging/people.ts');
  return createPeopleOnCall({ firestore, companies: await companies(), now });
});

const room = lazy(async () => {
  const [
    { createAnswers },
    { createCompanyNumbers },
    { createEmergency },
    { createPace },
    { createPagedPeople },
    { createPager },
    { createSendPages },
    { createSmsAnswers },
    { createChainStore },
    { createTellOthers },
    { createTimeline },
    { createTold },
    { createTwilioCalls },
    { createOutgoingCalls },
    { readLink },
  ] = await Promise.all([
    import('./paging/answers.ts'),
    import('./paging/company-numbers.ts'),
    import('./paging/emergency.ts'),
    import('./paging/pace.ts'),
    import('./paging/paged-people.ts'),
    import('./paging/pager.ts'),
    import('./paging/send.ts'),
    import('./paging/sms-answers.ts'),
    import('./paging/store.ts'),
    import('./paging/tell-others.ts'),
    import('./paging/timeline.ts'),
    import('./paging/told.ts'),
    import('./twilio/calls.ts'),
    import('./twilio/outgoing-calls.ts'),
    import('./webhooks/link.ts'),
  ]);
  const settings = config();
  const publicBaseUrl = settings.PUBLIC_BASE_URL;
  const [people, door] = await Promise.all([peopleOnCall(), outbound()]);
  const { numbers, emergencyNumberOf, workerName } = createCompanyNumbers({
    firestore,
    defaultCompanyId: settings.DEFAULT_COMPANY_ID,
    emergencyNumber: settings.EMERGENCY_NUMBER,
    now,
  });
  const calls = {
    live: liveCall,
    isArchived: async (callId: string) =>
      (await database().read(live.tombstone(callId))).value !== null,
    record,
    incidentOf: async (callId: string) => (await incidents()).incidentOf(callId),
    linkOf: ({ line }: { line?: { link: string } | undefined }) =>
      line && readLink(new URLSearchParams(line.link)),
  };
  const lines = lazy(() => ({
    redirect: createTwilioCalls(twilioAccount()).redirect,
    hangUp: createOutgoingCalls(twilioAccount()).hangUp,
  }));
  const store = createChainStore(database());
  const addresses = createPageAddresses(publicBaseUrl);
  const paged = createPagedPeople({ database: database(), now });
  const timeline = createTimeline({ record, now, log });
  const told = createTold({ workerName });
  const tellOthers = createTellOthers({ people, outbound: door, numbers, calls, log });
  const pager = createPager({
    store,
    companies: await companies(),
    people,
    calls,
    sendPages: createSendPages({
      store,
      paged,
      outbound: door,
      numbers,
      addresses,
      timeline,
      pace: createPace({ perSecond: settings.CALLS_PER_SECOND, sleep, now }),
      now,
      log,
    }),
    tellOthers,
    emergency: createEmergency({
      calls,
      lines,
      outbound: door,
      numbers,
      timeline,
      addresses,
      publicBaseUrl,
      emergencyNumberOf,
      log,
      now,
    }),
    timeline,
    queue: await pageQueue(),
    told,
    randomId: randomUUID,
    now,
    log,
  });
  const answers = createAnswers({ store, people, pager, tellOthers, timeline, lines, now, log });
  const answerBySms = createSmsAnswers({
    paged,
    store,
    answers,
    numbers,
    calls,
    told,
    dashboard: addresses.dashboard,
    now,
  });
  return { pager, answers, answerBySms, store, calls, told, timeline, addresses, publicBaseUrl };
});

/** What is done stands on the call's timeline, now or, where that is away, by a task. */
async function record(events: Parameters<ReturnType<typeof mirror>['apply']>[0]): Promise<void> {
  try {
    await within(RECORD_BOUND, mirror().apply(events));
  } catch (thrown) {
    log.warn('What was done to fetch people is brought to its call by a task.', {
      error: asError(thrown),
    });
    await (await mirrorQueue()).enqueue({ events: [...events] });
  }
}

/** Fetches people; see paging/pager.ts. */
export async function pager() {
  return (await room()).pager;
}

/** Milliseconds for which a look at a chain may take. */
const LOOK_BOUND = 5_000;

/**
 * Has nobody fetched any longer where somebody has just done something about a call, and tells those
 * who were asked. Never rejects: the schedule looks as well.
 */
export async function lookAgain(callId: string): Promise<void> {
  try {
    const { value } = await database().read(live.pageChain(callId));
    if (value !== null) await within(LOOK_BOUND, (await pager()).runDue(callId));
  } catch (thrown) {
    log.warn('It could not be seen whether people are still needed; the minute schedule looks.', {
      error: asError(thrown),
    });
  }
}

/** The reply to an SMS of somebody who was paged; undefined where it is no answer to a page. */
export async function answerBySms(text: {
  from: string;
  to: string;
  body: string;
}): Promise<string | undefined> {
  return (await room()).answerBySms(text);
}

const pageTask = lazy(async () => {
  const [{ createPageTask }, { pager: own }] = await Promise.all([
    import('./paging/page-task.ts'),
    room(),
  ]);
  return createPageTask({ pager: own, queue: await pageQueue(), sleep, now, log });
});

/** Runs one task of the queue `page`: of a chain of pages, or of a caller who was lost. */
export async function runTask(data: unknown): Promise<void> {
  const { LostTask } = await import('./lost-callers/lost-task.ts');
  const lost = LostTask.safeParse(data);
  if (lost.success) await (await lostTask())(lost.data);
  else await (await pageTask())(data);
}

/** What a turn does beside its own work. Nothing is loaded before the first turn that needs it. */
export const turnPages = lazy(async () => {
  const [{ createAfterReply }, people] = await Promise.all([
    import('./paging/after-reply.ts'),
    peopleOnCall(),
  ]);
  const afterReply = createAfterReply({ pager, queue: pageQueue, now, log });
  return {
    afterReply,
    reaches: people.reaches,
    /** Brings near what fetching people needs, once a caller has been greeted. Never rejects. */
    warm(companyId: string): void {
      Promise.all([room(), people.of(companyId, ['everyone'])]).catch((error: unknown) => {
        log.warn('What fetching people needs could not be brought near; the first page loads it.', {
          error: asError(error),
        });
      });
    },
  };
});

/** Joins the phone of somebody who has accepted by it: their leg goes where the caller is. */
async function join(of: { callId: string; adminId: string; legSid: string }) {
  const { callId, adminId, legSid } = of;
  try {
    const { conference } = await import('./joining.ts');
    const { legs, webhooks } = await conference();
    const leg = await legs.adopt(callId, adminId, legSid);
    const answered = await webhooks.joinAnswer({
      query: new URLSearchParams({ call: callId, leg }),
      form: { CallSid: legSid, CallStatus: 'in-progress', Digits: '1' },
      link: undefined,
    });
    return 'twiml' in answered ? answered.twiml : undefined;
  } catch (thrown) {
    log.warn('Somebody who has accepted could not be joined by telephone.', {
      error: asError(thrown),
    });
    return undefined;
  }
}

const webhooks = lazy(async () => {
  const [{ createPageWebhooks }, parts] = await Promise.all([
    import('./paging/webhooks.ts'),
    room(),
  ]);
  return createPageWebhooks({ ...parts, join });
});

function insteadOfKeys(accepted: Accepted): string {
  return insteadOfPage(createPageAddresses(config().PUBLIC_BASE_URL), accepted);
}

/** Twilio's webhooks of people who are rung, and of the emergency number on a caller's line. */
export const pageRoutes: Record<string, FurtherRoute> = {
  '/page-call': {
    load: async () => (await webhooks()).pageCall,
    instead: insteadOfKeys,
  },
  '/page-answer': {
    load: async () => (await webhooks()).pageAnswer,
    instead: insteadOfKeys,
  },
  '/page-status': { load: async () => (await webhooks()).pageStatus },
  '/emergency-status': { load: async () => (await webhooks()).emergencyStatus },
  '/emergency-ended': {
    load: async () => (await webhooks()).emergencyEnded,
    instead: (accepted) => insteadOfEmergency(config().PUBLIC_BASE_URL, accepted),
  },
};
