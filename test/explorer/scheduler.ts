/**
 * Virtual time. Everything that happens is a step with an instant at which it is due; the scheduler
 * runs them one by one, and lets every promise that a step settles run out before the next. Two
 * steps of one instant run in the order in which they were planned.
 *
 * A host is a process that can crash (its steps never run again) or freeze (they wait for a thaw).
 * Steps without a host happen in the world outside: in a database, at Twilio, in a queue.
 */
export interface Host {
  readonly name: string;
  alive: boolean;
  frozen: boolean;
  /** Whether what it fails to do is done again by another. */
  isRetried: boolean;
  /** Calls over the network that it still gets done before it crashes or freezes. */
  callsUntilCrash: number;
  callsUntilFreeze: number;
  /** Told once, when it crashes. */
  onCrash: (() => void)[];
}

export interface Step {
  due: number;
  host: Host | undefined;
  run: () => void;
  cancelled: boolean;
}

export interface Scheduler {
  /** Epoch milliseconds, virtual. */
  now(): number;
  after(milliseconds: number, host: Host | undefined, run: () => void): Step;
  /** Resolves after so many virtual milliseconds; for the world outside. */
  sleep(milliseconds: number): Promise<void>;
  /** The host whose step is being run: whoever sets a timer now is part of it. */
  current(): Host | undefined;
  crash(host: Host): void;
  freeze(host: Host): void;
  thaw(host: Host): void;
  /** Runs until nothing is left to do; rejects when a step threw or there is no end to it. */
  run(): Promise<void>;
  steps(): number;
}

/** A schedule takes some hundred steps; one that takes so many goes round in circles. */
const MOST_STEPS = 30_000;

export function createHost(name: string, isRetried = false): Host {
  return {
    name,
    alive: true,
    frozen: false,
    isRetried,
    callsUntilCrash: Number.POSITIVE_INFINITY,
    callsUntilFreeze: Number.POSITIVE_INFINITY,
    onCrash: [],
  };
}

export function createScheduler(start: number): Scheduler {
  let now = start;
  let taken = 0;
  let running: Host | undefined;
  /** In the order in which they were planned. */
  const planned: Step[] = [];
  const waitingForThaw = new Map<Host, Step[]>();

  function after(milliseconds: number, host: Host | undefined, run: () => void): Step {
    const step = { due: now + milliseconds, host, run, cancelled: false };
    planned.push(step);
    return step;
  }

  function takeEarliest(): Step | undefined {
    let earliest = 0;
    for (let index = 1; index < planned.length; index++) {
      if ((planned[index] as Step).due < (planned[earliest] as Step).due) earliest = index;
    }
    return planned.splice(earliest, 1)[0];
  }

  /** The next step that has a living, waking host; others are dropped or put aside. */
  function next(): Step | undefined {
    for (let step = takeEarliest(); step; step = takeEarliest()) {
      if (step.cancelled || step.host?.alive === false) continue;
      if (!step.host?.frozen) return step;
      const waiting = waitingForThaw.get(step.host);
      if (waiting) waiting.push(step);
      else waitingForThaw.set(step.host, [step]);
    }
    return undefined;
  }

  function run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const tick = () => {
        running = undefined;
        const step = next();
        if (!step) return resolve();
        taken += 1;
        if (taken > MOST_STEPS) return reject(new Error('The schedule does not come to an end.'));
        now = Math.max(now, step.due);
        running = step.host;
        try {
          step.run();
        } catch (error) {
          return reject(error);
        }
        // Comes when all promises have run out, and costs less than a turn of the event loop.
        queueMicrotask(() => process.nextTick(tick));
      };
      tick();
    });
  }

  return {
    now: () => now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, undefined, resolve)),
    current: () => running,
    crash(host) {
      if (!host.alive) return;
      host.alive = false;
      waitingForThaw.delete(host);
      for (const told of host.onCrash) told();
    },
    freeze(host) {
      host.frozen = true;
    },
    thaw(host) {
      host.frozen = false;
      const waiting = waitingForThaw.get(host) ?? [];
      waitingForThaw.delete(host);
      for (const step of waiting) {
        step.due = now;
        planned.push(step);
      }
    },
    run,
    steps: () => taken,
  };
}
