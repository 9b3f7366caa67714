import type { Assistant, TurnStamp } from '../../functions/src/assistant/assistant.ts';
import type { CallNoted, Facts, UrgencyChanged } from '../../functions/src/calls/model.ts';
import { isoInZone } from '../../functions/src/calls/times.ts';
import type { LiveDatabase } from '../../functions/src/live-database.ts';
import { live, stored } from '../../functions/src/paths.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFirestoreStore } from './firestore.ts';
import { createInstance, type Instance, type Webhook } from './instance.ts';
import { createLedger } from './ledger.ts';
import { letGo } from './let-go.ts';
import { createNetwork } from './network.ts';
import { createOnCall } from './on-call.ts';
import { type Backend, createBackend, type Parts, ZONE } from './parts.ts';
import { createPlatform } from './platform.ts';
import { createRandom, type Random } from './random.ts';
import { createReaching, type Reaching } from './reaching.ts';
import { child, createRealtimeStore } from './realtime-database.ts';
import { createHost, createScheduler, type Host } from './scheduler.ts';
import { createSupervisors } from './supervisors.ts';
import { type Caller, createTelephone } from './telephone.ts';
import { useVirtualTimers } from './timers.ts';
import { liveRemains, watchLive } from './watch.ts';
import { watchPeople } from './watch-people.ts';

export interface WorldOptions {
  seed: number;
  parts: Parts;
  /** Processes crash often, and nobody but callers is there. */
  isDeadly?: boolean | undefined;
  /** Receives a readable line for everything that happens. */
  onTrace?: ((line: string) => void) | undefined;
}

/** The part of the schedules in which people take calls over and are fetched. */
const WITH_PEOPLE = 0.1;
/** How many of all schedules count what they archive. */
const WITH_COUNTS = 0.4;
/** Milliseconds. */
const LEASE = 45_000;

const START = Date.parse('2025-10-04T14:30:00+05:30');

/** One schedule, from its seed to the silence after its last step. */
export async function runWorld({ seed, parts, isDeadly = false, onTrace }: WorldOptions) {
  const random = createRandom(seed);
  const scheduler = createScheduler(START);
  const { now } = scheduler;
  const faults = createFaults(random, now, isDeadly);
  const ledger = createLedger();
  const trace = (host: Host | undefined, text: () => string) => {
    if (!onTrace) return;
    const seconds = ((now() - START) / 1_000).toFixed(3).padStart(10);
    onTrace(`${seconds}  ${(host?.name ?? '').padEnd(18)} ${text()}`);
  };
  // Of a source of its own: a schedule without counts stays what it is.
  const isCounted = createRandom(seed ^ 0xc0).chance(WITH_COUNTS);
  const network = createNetwork({ scheduler, faults, ledger, trace });
  const firestore = createFirestoreStore(now);
  const watchOwners = watchPeople(ledger, now);
  const watch = watchLive(ledger, (callId) => firestore.has(stored.call(callId)));
  const realtime = createRealtimeStore((path, before, after) => {
    watch(before, after);
    watchOwners(before, after);
    if (path.startsWith(live.calls)) fireTriggers(path.split('/')[1] ?? '', before, after);
  });
  const platform = createPlatform({ scheduler, faults, ledger, createBackendFor, trace });

  function createBackendFor(host: Host): Backend {
    const database = realtime.client(network.remote(host, 'live'));
    return createBackend({
      parts,
      now,
      database,
      isCounted,
      reaching: (backend) => createReachingFor(host, database, backend),
      firestore: firestore.client(network.remote(host, 'firestore'), faults.aborts),
      deadLetters: {
        record: (payload, reason) =>
          network.remote(host, 'firestore')(
            () => `record dead letter ${reason}`,
            () => {
              // A run that was given up has its task done, or buried, by another.
              if (host.isRetried) buryTask(payload, reason);
            },
          ),
      },
    });
  }

  function createReachingFor(
    host: Host,
    database: LiveDatabase,
    backend: Pick<Backend, 'readLive' | 'apply'>,
  ): Reaching {
    const [twilio, tasks] = [network.remote(host, 'twilio'), network.remote(host, 'tasks')];
    return createReaching({
      parts,
      host,
      database,
      backend,
      async apply(events) {
        const batch = { host, events, held: undefined as boolean | undefined };
        ledger.batches.push(batch);
        await backend.apply(events);
        batch.held = true;
      },
      twilio: {
        redirect: (sid, twiml) =>
          twilio(
            () => `redirect ${sid.slice(-2)}`,
            () => telephone.redirect(sid, twiml),
          ),
        state: (sid) =>
          twilio(
            () => `state of ${sid.slice(-2)}`,
            () => telephone.state(sid),
          ),
      },
      outbound: {
        call: (call) =>
          twilio(
            () => `ring ${call.to}`,
            () => onCall.call(call),
          ),
        text: (text) =>
          twilio(
            () => `text ${text.to}`,
            () => onCall.text(text),
          ),
      },
      queue: {
        enqueue: (task, at) =>
          tasks(
            () => 'enqueue page',
            () => platform.addPage(task, at),
          ),
      },
      mirrorLater: (events) =>
        tasks(
          () => `enqueue ${kinds(events)}`,
          () => void platform.addTask(events),
        ),
      now,
    });
  }

  function buryTask(payload: unknown, reason: string): void {
    const text = JSON.stringify((payload as { events: unknown }).events);
    for (const task of ledger.tasks) {
      if (task.state === 'waiting' && JSON.stringify(task.events) === text) {
        Object.assign(task, { state: 'dead', reason });
      }
    }
  }

  function fireTriggers(callId: string, before: unknown, after: unknown): void {
    const [old, current] = [before, after].map((root) => child(child(root, live.calls), callId));
    const status = child(current, 'status');
    if (status === 'ENDED' && child(old, 'status') !== 'ENDED') {
      platform.fireTrigger(`ended ${callId.slice(-2)}`, (backend) => backend.settle(callId));
    }
    if (old !== null && current === null) {
      platform.fireTrigger(`deleted ${callId.slice(-2)}`, (backend) =>
        backend.settleDeleted(callId, old),
      );
    }
  }

  // Of a source of its own: a schedule without people stays what it is.
  const peopleRandom = createRandom(seed ^ 0x5eed);
  const hasPeople = !isDeadly && peopleRandom.chance(WITH_PEOPLE);
  const supervisors = createSupervisors({
    random: peopleRandom,
    scheduler,
    faults,
    ledger,
    platform,
    get: (path) => realtime.get(path),
    trace: (text) => trace(undefined, text),
  });
  const onCall = createOnCall({
    random: peopleRandom,
    scheduler,
    faults,
    platform,
    supervisors,
  });

  const freezesBetweenRequests = random.chance(0.3);
  const directWrites = random.chance(0.5);
  const slots: Instance[] = [startInstance(0), startInstance(1)];

  function startInstance(slot: number): Instance {
    const host = createHost(`instance ${'AB'[slot]}`);
    host.callsUntilCrash = faults.lifetime(40);
    host.callsUntilFreeze = faults.wakefulness(40);
    host.onCrash.push(() => scheduler.after(faults.delay(), undefined, () => restart(slot)));
    const remote = network.remote(host, 'tasks');
    return createInstance({
      parts,
      host,
      backend: createBackendFor(host),
      queue: {
        enqueue: ({ events }) =>
          remote(
            () => `enqueue ${kinds(events)}`,
            () => void platform.addTask(events),
          ),
      },
      assistant: scriptedAssistant(host),
      directWrite: directWrites,
      hasPeople,
      ledger,
      now,
    });
  }

  function restart(slot: number): void {
    slots[slot] = startInstance(slot);
    trace(slots[slot]?.host, () => 'starts empty');
  }

  /** The same words give the same urgency everywhere, but each instance words it differently. */
  function scriptedAssistant(host: Host): Assistant {
    return {
      reply: (_conversation, { text }, _situation, { stamp } = {}) =>
        new Promise((resolve) => {
          const urgency = (['CRITICAL', 'URGENT'] as const).find((level) => text.includes(level));
          const reply = `To "${text}", says ${host.name} at ${now() - START}.`;
          scheduler.after(faults.thinking(), host, () =>
            resolve({
              reply,
              urgency: urgency ?? 'NORMAL',
              sources: '',
              grounding: { rung: 'card', model: reply },
              ...(stamp ? { facts: factsIn(text, stamp) } : {}),
            }),
          );
        }),
      card: () => ({ reply: 'Safe words.', urgency: 'URGENT', sources: '' }),
    };
  }

  function deliver(webhook: Webhook): Promise<string | undefined> {
    return new Promise((resolve) => {
      const answer = (body: string | undefined) =>
        scheduler.after(faults.delay(), undefined, () => resolve(body));
      scheduler.after(faults.request(), undefined, () => {
        const instance = random.pick(slots as [Instance, ...Instance[]]);
        const { host } = instance;
        if (!host.alive) return answer(undefined);
        host.onCrash.push(() => answer(undefined));
        // Only the platform's own freeze between requests ends with a request.
        if (instance.requests === 0 && freezesBetweenRequests) scheduler.thaw(host);
        instance.requests += 1;
        scheduler.after(0, host, () => {
          trace(host, () => `is asked ${webhook.route} ${JSON.stringify(webhook.form)}`);
          void instance.serve(webhook).then((body) => {
            trace(host, () => `answers ${webhook.route}: ${body === undefined ? 503 : 200}`);
            instance.requests -= 1;
            if (instance.requests === 0 && freezesBetweenRequests) scheduler.freeze(host);
            answer(body);
          });
        });
      });
    });
  }

  function superviseAtTimes(sid: string, turns: number): void {
    for (let times = random.below(3); times > 0; times--) {
      scheduler.after(random.below(faults.span * 2), undefined, () => {
        const callId = realtime.get(live.callSid(sid));
        if (typeof callId !== 'string') return;
        const by = {
          kind: 'supervisor' as const,
          turn: random.below(turns + 1),
          at: isoInZone(now(), ZONE),
          id: `admin_${times}`,
        };
        const urgency = random.pick(['NORMAL', 'URGENT', 'CRITICAL'] as const);
        const event: UrgencyChanged = { type: 'urgency_changed', call_id: callId, urgency, by };
        const note: CallNoted = {
          type: 'call_noted',
          call_id: callId,
          at: by.at,
          by: by.id,
          admin_notes: `note ${times}`,
        };
        trace(undefined, () => `a supervisor says ${urgency} after turn ${by.turn}, and notes it`);
        platform.addTask([event, note]);
      });
    }
  }

  /** Somebody removes the live call by hand. */
  function removeByHand(sid: string): void {
    scheduler.after(random.below(faults.span), undefined, () => {
      const callId = realtime.get(live.callSid(sid));
      if (typeof callId !== 'string' || realtime.get(live.call(callId)) === null) return;
      trace(undefined, () => 'the live call is removed by hand');
      ledger.removed.add(callId);
      realtime.put(live.call(callId), null);
    });
  }

  const restoreTimers = useVirtualTimers(scheduler);
  const telephone = createTelephone({ scheduler, faults, random, ledger, deliver });
  try {
    const sids = random.chance(0.15) ? [sidOf(1), sidOf(2)] : [sidOf(1)];
    for (const [index, sid] of sids.entries()) {
      const words = script(random, index + 1);
      const caller = hasPeople ? callerAmongPeople(sid, words) : { sid, utterances: words };
      scheduler.after(random.below(faults.span / 4), undefined, () => void telephone.call(caller));
      superviseAtTimes(sid, words.length);
      if (hasPeople) supervisors.attend(sid);
      if (random.chance(0.06)) removeByHand(sid);
    }
    for (let times = random.below(4); times > 0; times--) {
      scheduler.after(random.below(faults.span * 2), undefined, platform.sweep);
    }
    for (let times = hasPeople ? 1 + peopleRandom.below(3) : 0; times > 0; times--) {
      scheduler.after(peopleRandom.below(faults.span * 2), undefined, platform.lookAfter);
      scheduler.after(LEASE + peopleRandom.below(faults.span), undefined, platform.lookAfter);
    }
    await scheduler.run();
    await comeToRest();
  } finally {
    restoreTimers();
  }

  /** One who is silent in between, and may stay on the line. */
  function callerAmongPeople(sid: string, words: readonly (string | undefined)[]): Caller {
    const utterances = words.flatMap((said) =>
      peopleRandom.chance(0.5) ? [said, undefined] : [said],
    );
    return { sid, utterances, pause: supervisors.pause, isPatient: peopleRandom.chance(0.4) };
  }

  /** Everything works again: instances send what they hold, the sweeper comes once more. */
  async function comeToRest(): Promise<void> {
    faults.stop();
    telephone.rest();
    trace(undefined, () => 'from here on everything works');
    for (const { host } of slots) scheduler.thaw(host);
    await scheduler.run();
    for (const instance of slots) {
      instance.host.callsUntilCrash = Number.POSITIVE_INFINITY;
      scheduler.after(0, instance.host, () => void instance.flush());
    }
    platform.rest();
    await scheduler.run();
    if (hasPeople) {
      onCall.goAway();
      await letGo({
        random: peopleRandom,
        scheduler,
        platform,
        supervisors,
        telephone,
        realtime,
        ledger,
        trace,
      });
    }
    if (!ledger.strayed) ledger.violations.push(...liveRemains(realtime));
    platform.sweep();
    await scheduler.run();
  }

  return {
    ledger,
    realtime,
    firestore,
    isCounted,
    instances: slots,
    steps: scheduler.steps(),
    trace,
  };
}

export type World = Awaited<ReturnType<typeof runWorld>>;
export type { Faults };

/** Each turn tells where; now and then it is only a guess, and somebody is hurt too. */
function factsIn(text: string, { turn, at }: TurnStamp): Facts {
  const fact = { turn, at, by: 'words' as const };
  const place = /^words [0-9]+/.exec(text)?.[0] ?? 'nowhere';
  const isGuess = text.includes('URGENT');
  return {
    where: { ...fact, value: place, confidence: isGuess ? 0.3 : 0.9 },
    ...(text.includes('CRITICAL') ? { injured: { ...fact, value: '2', confidence: 0.9 } } : {}),
  };
}

function sidOf(call: number): string {
  return `CA${String(call).padStart(32, '0')}`;
}

/** One to three things that a caller says, or silence. Each word is said once. */
function script(random: Random, call: number): (string | undefined)[] {
  return Array.from({ length: 1 + random.below(3) }, (_, index) => {
    const level = random.pick(['NORMAL', 'NORMAL', 'URGENT', 'CRITICAL'] as const);
    return random.chance(0.1) ? undefined : `words ${index + 1} of call ${call}, ${level}`;
  });
}

function kinds(events: readonly { type: string }[]): string {
  return events.map(({ type }) => type).join(' ');
}
