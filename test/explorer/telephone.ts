import type { Link } from '../../functions/src/webhooks/link.ts';
import { readLink } from '../../functions/src/webhooks/link.ts';
import type { VoiceParameters } from '../../functions/src/webhooks/parameters.ts';
import type { Faults } from './faults.ts';
import type { Webhook } from './instance.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** Attempts at one webhook; the last ones take the place of the fallback that redirects. */
const MOST_ATTEMPTS = 3;
/** Milliseconds after which Twilio gives an attempt up. */
const READ_TIMEOUT = 15_000;

export interface TelephoneOptions {
  scheduler: Scheduler;
  faults: Faults;
  random: Random;
  ledger: Ledger;
  /** Delivers a webhook to some instance; undefined when it was not answered with a success. */
  deliver: (webhook: Webhook) => Promise<string | undefined>;
}

/** A person on the line, and Twilio between that person and the webhooks. */
export function createTelephone({ scheduler, faults, random, ledger, deliver }: TelephoneOptions) {
  /** How often Twilio gives up on a webhook that was answered, and turns to its fallback. */
  const answersLost = random.pick([0, 0, 0.1]);

  /** Twilio's own patience: tries again, also while the first is still at work elsewhere. */
  async function request(webhook: Webhook): Promise<string | undefined> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const deliveries = [deliver(webhook)];
      if (faults.repeats()) deliveries.push(deliver(webhook));
      const answer = await Promise.race([firstSuccess(deliveries), scheduler.sleep(READ_TIMEOUT)]);
      if (typeof answer === 'string') return random.chance(answersLost) ? undefined : answer;
    }
    return undefined;
  }

  async function call(sid: string, utterances: readonly (string | undefined)[]): Promise<void> {
    let onTheLine = true;
    const hangUp = async () => {
      onTheLine = false;
      await scheduler.sleep(faults.delay());
      await endOf(sid);
    };
    if (random.chance(0.4)) {
      const patience = random.below(faults.span);
      void scheduler.sleep(patience).then(() => (onTheLine ? hangUp() : undefined));
    }
    let document = await begin(sid);
    for (const words of utterances) {
      await scheduler.sleep(faults.thinking());
      const link = document === undefined ? undefined : linkIn(document);
      if (!onTheLine) return;
      // Nobody answered: the fallback document sends Twilio back to the beginning.
      if (!link) ledger.begunAgain.add(sid);
      document = link
        ? await request({ route: 'processSpeech', form: form(sid, words), link })
        : await begin(sid);
    }
    if (!onTheLine) return;
    await scheduler.sleep(faults.thinking());
    if (onTheLine) await hangUp();
  }

  async function begin(sid: string): Promise<string | undefined> {
    const incoming = await request({ route: 'incomingCall', form: form(sid) });
    const link = incoming === undefined ? undefined : linkIn(incoming);
    return link && request({ route: 'startCall', form: form(sid), link });
  }

  /** Status callbacks: now and then lost for good, or sent twice with different reasons. */
  async function endOf(sid: string): Promise<void> {
    if (random.chance(0.05)) return;
    const at = new Date(scheduler.now()).toUTCString();
    const ended = (CallStatus: string): Webhook => ({
      route: 'callStatus',
      form: {
        CallSid: sid,
        CallStatus,
        ...(random.chance(0.7) ? { Timestamp: at } : {}),
      },
    });
    if (random.chance(0.1)) void request(ended('failed'));
    await request(ended('completed'));
  }

  return { call };
}

export type Telephone = ReturnType<typeof createTelephone>;

function form(sid: string, words = ''): VoiceParameters {
  return {
    CallSid: sid,
    AccountSid: `AC${'0'.repeat(32)}`,
    From: '+15550100001',
    To: '+15550100002',
    SpeechResult: words,
    Confidence: undefined,
    Digits: '',
  };
}

/** Resolves as the first that succeeded does; to undefined when none did. */
function firstSuccess(
  deliveries: readonly Promise<string | undefined>[],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let open = deliveries.length;
    for (const delivery of deliveries) {
      void delivery.then((answer) => {
        open -= 1;
        if (answer !== undefined || open === 0) resolve(answer);
      });
    }
  });
}

/** The link of the address that a TwiML document sends Twilio to next. */
function linkIn(document: string): Link | undefined {
  const address = /(?:action="|<Redirect[^>]*>)([^"<]+)/
    .exec(document)?.[1]
    ?.replaceAll('&amp;', '&');
  const query = address?.split('#')[0]?.split('?')[1];
  return query === undefined ? undefined : readLink(new URLSearchParams(query));
}
