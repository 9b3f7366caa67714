import type { Random } from './random.ts';

/** What becomes of one call over the network. Durations in milliseconds. */
export interface Fate {
  /** Until it reaches the service, where it takes effect unless it is lost. */
  there: number;
  back: number;
  /** `answer_lost`: it takes effect, and the caller sees an error. */
  outcome: 'served' | 'lost' | 'answer_lost';
}

export type Service = 'live' | 'firestore' | 'tasks' | 'twilio';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The weather of one schedule, drawn from its seed: how long things take, what fails, when a
 * service is away, whether processes crash or freeze. In tight weather everything happens within a
 * few milliseconds, so that every step meets every other; in other weather delays range from
 * milliseconds to hours. A deadly schedule is one of tight weather in which most processes crash.
 */
export function createFaults(random: Random, now: () => number, isDeadly = false) {
  const drawn = random.pick(['tight', 'tight', 'mixed', 'wild'] as const);
  const weather = isDeadly ? 'tight' : drawn;
  const failures = random.pick([0, 0, 0.02, 0.1]);
  const deaths = isDeadly ? 0.4 : random.pick([0, 0.05, 0.25]);
  const freezes = random.pick([0, 0, 0.15]);
  const aborts = random.pick([0, 0.2]);
  const away = random.chance(0.15) ? outage() : undefined;
  let calm = false;

  function outage(): { service: Service; from: number; to: number } {
    const from = now() + random.below(weather === 'tight' ? 100 : 20 * SECOND);
    const length = weather === 'tight' ? random.below(8 * SECOND) : random.below(HOUR);
    return {
      service: random.pick(['live', 'live', 'tasks', 'firestore']),
      from,
      to: from + length,
    };
  }

  function delay(): number {
    if (calm || weather === 'tight') return random.below(8);
    const draw = random.below(1_000);
    if (draw < 700) return random.below(60);
    if (draw < 900) return random.below(2 * SECOND);
    if (draw < 980) return random.below(20 * SECOND);
    if (weather === 'wild' && draw > 994) return random.below(3 * HOUR);
    return random.below(5 * MINUTE);
  }

  function isAway(service: Service, at: number): boolean {
    return !calm && away?.service === service && at >= away.from && at < away.to;
  }

  return {
    fate(service: Service): Fate {
      const there = delay();
      const back = random.chance(0.5) ? 0 : delay();
      const fails = !calm && random.chance(failures);
      const outcome = fails ? random.pick(['lost', 'answer_lost'] as const) : 'served';
      return { there, back, outcome: isAway(service, now() + there) ? 'lost' : outcome };
    },
    delay,
    /** Until a queue or trigger delivers; in tight weather often about as late as the call's end. */
    delivery: () =>
      calm || weather !== 'tight' ? delay() : random.below(random.pick([8, 30, 120])),
    /** How long a person or an assistant takes. */
    thinking: () => random.below(weather === 'tight' ? 12 : 4 * SECOND),
    /** Until a queue or a trigger delivers again: ever longer, so that an hour is soon over. */
    backoff: (attempt: number) =>
      weather === 'tight' && attempt < 4
        ? random.below(30)
        : Math.min(20 * MINUTE, SECOND * 4 ** attempt) * (0.5 + random.below(100) / 100),
    repeats: () => !calm && random.chance(0.12),
    aborts: () => !calm && random.chance(aborts),
    /** Calls until a process dies or freezes. */
    lifetime: (most: number) =>
      !calm && random.chance(deaths) ? 1 + random.below(most) : Number.POSITIVE_INFINITY,
    wakefulness: (most: number) =>
      !calm && random.chance(freezes) ? 1 + random.below(most) : Number.POSITIVE_INFINITY,
    /** Nothing that serves a request stays frozen for long; a task's run may be given up. */
    freezeLength: (isServing: boolean) =>
      weather === 'tight'
        ? random.below(200)
        : random.pick([SECOND, 10 * SECOND, 20 * SECOND, isServing ? SECOND : 2 * HOUR]),
    /** Until a request arrives; whoever sent it hangs up after 15 seconds. */
    request: () => Math.min(delay(), 10 * SECOND),
    /** From here on everything works. */
    stop: () => {
      calm = true;
    },
    span: weather === 'tight' ? 150 : 30 * SECOND,
  };
}

export type Faults = ReturnType<typeof createFaults>;
