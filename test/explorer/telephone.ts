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

/** One caller, while they are on the line. */
interface Line {
  isOpen: boolean;
  /** What Twilio was told to play in place of what it plays. */
  redirected: string | undefined;
  /** What is played now. */
  document: string | undefined;
  /** Resolves when nothing is said or asked for. */
  quiet: Promise<void>;
  endedAt?: Date;
}

/** How a caller behaves. */
export interface Caller {
  sid: string;
  /** What is said after each document; undefined is silence. */
  utterances: readonly (string | undefined)[];
  /** Milliseconds before each of them; absent: as long as a person takes. */
  pause?: (() => number) | undefined;
  /** Stays on the line until everything else has come to rest. */
  isPatient?: boolean;
}

/** A person on the line, and Twilio between that person and the webhooks. */
export function createTelephone({ scheduler, faults, random, ledger, deliver }: TelephoneOptions) {
  const lines = new Map<string, Line>();
  /** Callers of whom a request is under way. */
  const asking = new Set<string>();
  /** How often Twilio gives up on a webhook that was answered, and turns to its fallback. */
  let answersLost = random.pick([0, 0, 0.1]);

  /** Twilio's own patience: tries again, also while the first is still at work elsewhere. */
  async function request(webhook: Webhook): Promise<string | undefined> {
    const sid = webhook.form.CallSid;
    asking.add(sid);
    try {
      return await attempts(webhook);
    } finally {
      asking.delete(sid);
    }
  }

  async function attempts(webhook: Webhook): Promise<string | undefined> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const deliveries = [deliver(webhook)];
      if (faults.repeats()) deliveries.push(deliver(webhook));
      const answer = await Promise.race([firstSuccess(deliveries), scheduler.sleep(READ_TIMEOUT)]);
      if (typeof answer === 'string') return random.chance(answersLost) ? undefined : answer;
    }
    return undefined;
  }

  async function call({ sid, utterances, pause, isPatient = false }: Caller): Promise<void> {
    const line: Line = {
      isOpen: true,
      redirected: undefined,
      document: undefined,
      quiet: Promise.resolve(),
    };
    const end = async () => {
      line.isOpen = false;
      line.endedAt = new Date(scheduler.now());
      await scheduler.sleep(faults.delay());
      await endOf(sid);
    };
    if (!isPatient && random.chance(0.4)) {
      const patience = random.below(faults.span);
      void scheduler.sleep(patience).then(() => (line.isOpen ? end() : undefined));
    }
    play(sid, line, await begin(sid));
    lines.set(sid, line);
    for (const words of utterances) {
      await scheduler.sleep(pause?.() ?? faults.thinking());
      if (!line.isOpen) return;
      await say(sid, words);
    }
    if (!line.isOpen || isPatient) return;
    await scheduler.sleep(faults.thinking());
    if (line.isOpen) await end();
  }

  /** Says something, or nothing, after what was played, and hears what is answered. */
  function say(sid: string, words?: string): Promise<void> {
    const line = lines.get(sid);
    if (!line) return Promise.resolve();
    line.quiet = line.quiet.then(() => ask(sid, line, words));
    return line.quiet;
  }

  async function ask(sid: string, line: Line, words?: string): Promise<void> {
    if (!line.isOpen) return;
    const link = line.document === undefined ? undefined : linkIn(line.document);
    // Nobody answered: the fallback document sends Twilio back to the beginning.
    if (!link) ledger.begunAgain.add(sid);
    const answer = link
      ? await request({ route: 'processSpeech', form: form(sid, words), link })
      : await begin(sid);
    if (!line.isOpen) return;
    // Whether a redirect or the answer to a request that was under way wins, nobody knows.
    const wins = line.redirected !== undefined && random.chance(0.5) ? line.redirected : answer;
    line.redirected = undefined;
    play(sid, line, wins);
    if (isOnward(wins)) await ask(sid, line);
  }

  function play(sid: string, line: Line, document: string | undefined): void {
    line.document = document;
    if (document !== undefined) ledger.played.push({ sid, at: scheduler.now(), document });
  }

  /** As Twilio's REST does: false where the call is not in progress. */
  function redirect(sid: string, document: string): boolean {
    const line = lines.get(sid);
    if (!line?.isOpen) return false;
    line.redirected = document;
    // Where no request is under way it is played at once, else when that is answered.
    if (!asking.has(sid)) {
      line.redirected = undefined;
      play(sid, line, document);
      if (isOnward(document)) void say(sid);
    }
    return true;
  }

  function state(sid: string) {
    const line = lines.get(sid);
    if (!line) return { status: 'ringing' };
    return line.isOpen
      ? { status: 'in-progress' }
      : { status: 'completed', ...(line.endedAt && { endedAt: line.endedAt }) };
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

  /** Those who are still on the line, and what they are being played. */
  function waiting(): { sid: string; document: string | undefined }[] {
    return [...lines].flatMap(([sid, { isOpen, document }]) => (isOpen ? [{ sid, document }] : []));
  }

  async function hangUp(sid: string): Promise<void> {
    const line = lines.get(sid);
    if (!line?.isOpen) return;
    line.isOpen = false;
    line.endedAt = new Date(scheduler.now());
    await endOf(sid);
  }

  /** From here on Twilio gets every answer. */
  function rest(): void {
    answersLost = 0;
  }

  return { call, say, hangUp, redirect, state, waiting, rest };
}

/** A document that only sends on is followed at once. */
function isOnward(document: string | undefined): boolean {
  return document?.includes('<Redirect') === true && !document.includes('<Gather');
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
export function linkIn(document: string): Link | undefined {
  const address = /(?:action="|<Redirect[^>]*>)([^"<]+)/
    .exec(document)?.[1]
    ?.replaceAll('&amp;', '&');
  const query = address?.split('#')[0]?.split('?')[1];
  return query === undefined ? undefined : readLink(new URLSearchParams(query));
}
