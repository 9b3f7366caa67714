import { randomBytes } from 'node:crypto';
import { log } from './log.ts';
import { config, currentState, database, lazy, mirror, now } from './parts.ts';
import { outbound, twilioAccount } from './reaching.ts';

/**
 * The composition root of who speaks on a call: used by the API, by the webhooks when a lease has
 * lapsed, by the mirror's task when a reply came too late, and by the minute schedule.
 */

/** Milliseconds in which it must be known whose number was dialled. */
const NUMBERS_BOUND = 2_000;

/** Where the lines of calls are. */
export const lines = lazy(async () => {
  const { createLines } = await import('./holding/lines.ts');
  return createLines({
    siteOf: async (dialled) => {
      const directory = await (await import('./aurora.ts')).directory();
      await directory.refresh(NUMBERS_BOUND);
      return directory.siteOf(dialled);
    },
    random: () => randomBytes(8).toString('hex'),
  });
});

const sendOn = lazy(async () => {
  const [{ createSendOn }, { createTwilioCalls }] = await Promise.all([
    import('./holding/send-on.ts'),
    import('./twilio/calls.ts'),
  ]);
  return createSendOn({
    publicBaseUrl: config().PUBLIC_BASE_URL,
    readState: currentState,
    lines: await lines(),
    twilio: lazy(() => createTwilioCalls(twilioAccount())),
    apply: mirror().apply,
    toLeg: async (callId): Promise<boolean> =>
      (await (await import('./joining.ts')).conference()).toLeg(callId),
    now,
    log,
  });
});

const changeCall = lazy(async () => {
  const { createChangeCall } = await import('./holding/change-call.ts');
  return createChangeCall(database());
});

const pageNext = lazy(async () => {
  const { createPageNext } = await import('./holding/page-next.ts');
  return createPageNext(async () => (await import('./pages.ts')).pager(), log);
});

/** Who speaks, and where the caller goes. */
export const holding = lazy(async () => {
  const { createHolding } = await import('./holding/holding.ts');
  const made = createHolding({
    changeCall: await changeCall(),
    sendOn: await sendOn(),
    pageNext: await pageNext(),
    now,
  });
  return {
    ...made,
    takeOver: thenLook(made.takeOver),
    legJoined: thenLook(made.legJoined),
  };
});

/** Who has the call is told to those who were fetched for it: begun before the answer, not waited for. */
function thenLook<Rest extends unknown[], T>(take: (callId: string, ...rest: Rest) => Promise<T>) {
  return async (callId: string, ...rest: Rest): Promise<T> => {
    const owner = await take(callId, ...rest);
    void import('./pages.ts').then(({ lookAgain }) => lookAgain(callId));
    return owner;
  };
}

/** Supervisors' messages to callers. */
export const messages = lazy(async () => {
  const { createMessages } = await import('./holding/messages.ts');
  return createMessages({
    database: database(),
    changeCall: await changeCall(),
    sendOn: await sendOn(),
    texts: outbound,
    apply: mirror().apply,
    now,
  });
});

/** What nobody has noticed; resolves to how much there was to do. */
export const lookAfterHeldCalls = lazy(async () => {
  const { createLookAfter } = await import('./holding/look-after.ts');
  return createLookAfter({
    database: database(),
    holding: await holding(),
    pageNext: await pageNext(),
    now,
    log,
  });
});

/** Sends a caller on again where a reply was made before its instance knew of a takeover. */
export const sendOnAfterStaleReply = lazy(async () => {
  const { createStaleReplies } = await import('./holding/stale-reply.ts');
  return createStaleReplies({ database: database(), holding, now });
});
