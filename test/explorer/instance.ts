import type { Assistant } from '../../functions/src/assistant/assistant.ts';
import { messageId, type TurnToken } from '../../functions/src/calls/ids.ts';
import { lastTurn } from '../../functions/src/calls/reduce.ts';
import { isoInZone, zoneOf } from '../../functions/src/calls/times.ts';
import type { TaskQueue } from '../../functions/src/mirror/task-queue.ts';
import type { Link } from '../../functions/src/webhooks/link.ts';
import type { StatusParameters, VoiceParameters } from '../../functions/src/webhooks/parameters.ts';
import { safely } from '../../functions/src/webhooks/safely.ts';
import { AURORA_SPEAKS } from './check-people.ts';
import type { Ledger } from './ledger.ts';
import { BASE_URL, type Backend, EMERGENCY, type Parts, silentLog, ZONE } from './parts.ts';
import type { Host } from './scheduler.ts';

/** Milliseconds after which a caller hears safe words, as in the webhooks' app. */
const WATCHDOG = 5_000;

export type Webhook =
  | { route: 'incomingCall' | 'startCall' | 'processSpeech'; form: VoiceParameters; link?: Link }
  | { route: 'callStatus'; form: StatusParameters };

export interface InstanceOptions {
  parts: Parts;
  host: Host;
  backend: Backend;
  queue: TaskQueue;
  assistant: Assistant;
  directWrite: boolean;
  /** Whether calls can be taken over, and people be fetched for them. */
  hasPeople: boolean;
  ledger: Ledger;
  now: () => number;
}

/** One instance of the function behind Twilio's webhooks, with a journal of its own. */
export function createInstance(options: InstanceOptions) {
  const { parts, host, backend, queue, assistant, directWrite, hasPeople, ledger, now } = options;
  const journal = parts.createMemoryJournal({ clock: { now } });
  const outbox = parts.createOutbox({
    queue,
    journal,
    apply: backend.apply,
    directWrite,
    log: silentLog,
  });
  const observed: typeof outbox = { flush: outbox.flush, send };
  const turns = parts.createTurns({
    assistant,
    journal,
    outbox: observed,
    readLive: backend.readLive,
    timestamp: (like) => isoInZone(now(), zoneOf(like)),
    ...(hasPeople && {
      people: {
        afterReply: (judged) => backend.reaching().afterReply(judged),
        reaches: () => false,
        warm() {},
      },
    }),
    log: silentLog,
  });
  const site = {
    companyId: 'demo',
    timeZone: ZONE,
    emergencyNumber: EMERGENCY,
    languages: ['en-IN'] as [string],
  };
  const voice = parts.createVoice({
    publicBaseUrl: BASE_URL,
    defaultCountry: undefined,
    hashKey: undefined,
    directory: { siteOf: () => site, refresh: async () => {} },
    workerLanguages: { lookUp() {}, of: () => undefined },
    knownCallId: journal.callIdOf,
    claimedCallId: backend.claimedCallId,
    lastTurnOf: (callId) => lastTurn(journal.call(callId)),
    turns,
    assistant,
    ...(hasPeople && { people: { lapse } }),
    once: parts.createOnce<string>(),
    now,
  });
  const callStatus = parts.createStatus({
    journal,
    outbox: observed,
    timestamp: (epochMs) => isoInZone(epochMs, ZONE),
    now,
  });

  async function send(...[events, receipt]: Parameters<typeof outbox.send>): Promise<boolean> {
    const batch = { host, events, held: undefined as boolean | undefined };
    ledger.batches.push(batch);
    batch.held = await outbox.send(events, receipt);
    return batch.held;
  }

  async function lapse(callId: string) {
    await backend.reaching().holding.lapse(callId);
    return backend.readLive(callId);
  }

  /** Resolves to the answer's body; undefined for an answer that asks Twilio to send it again. */
  async function serve(webhook: Webhook): Promise<string | undefined> {
    void outbox.flush();
    if (webhook.route === 'callStatus') return (await callStatus(webhook.form)) ? '' : undefined;
    const { route, form, link } = webhook;
    let safe = false;
    const from = now();
    const answer = await safely(
      silentLog,
      form.CallSid,
      WATCHDOG,
      () => voice[route](form, link),
      () => {
        safe = true;
        return voice.safeWords(form, link);
      },
    );
    if (!safe && route === 'processSpeech' && link) {
      checkOutboxSpoke(link.turn, answer);
      if (hasPeople) ledger.answers.push({ link, from, to: now(), document: answer });
    }
    return answer;
  }

  /** A turn that is answered without the outbox's word would be lost with its instance (I2). */
  function checkOutboxSpoke(turn: TurnToken, document: string): void {
    const id = messageId(turn, 'assistant');
    const batch = ledger.batches.find(
      ({ host: owner, events }) =>
        owner === host &&
        events.some((event) => event.type === 'message_added' && event.message.id === id),
    );
    const isSilent = batch === undefined && !AURORA_SPEAKS.test(document);
    if (batch?.held === undefined && !isSilent) {
      ledger.violations.push(`I2: a turn was answered before the outbox had its reply (${id})`);
    }
  }

  return { host, serve, flush: outbox.flush, pending: journal.pending, requests: 0 };
}

export type Instance = ReturnType<typeof createInstance>;
