import type { TelephoneEvent } from './events.ts';

/** A call that goes on, to be waited for. */
export interface CallWatch {
  /** So far, in order. */
  readonly events: readonly TelephoneEvent[];
  /**
   * Resolves with the first words heard at this end that hold these, spoken already or later.
   * @throws when the call is over without them, or broke off
   */
  hears(words: string): Promise<string>;
  /** Resolves at the first event of a type, past or to come. @throws as `hears` */
  until<Type extends TelephoneEvent['type']>(
    type: Type,
  ): Promise<Extract<TelephoneEvent, { type: Type }>>;
}

/** @param start begins the call and hands its events on; settles when it is over */
export function watchCall<T>(
  start: (onEvent: (event: TelephoneEvent) => void) => Promise<T>,
): CallWatch & { readonly result: Promise<T> } {
  const events: TelephoneEvent[] = [];
  const watchers = new Set<() => void>();
  const result = start((event) => {
    events.push(event);
    for (const look of watchers) look();
  });
  // Whoever wants to know awaits it; nobody has to.
  result.catch(() => {});

  return {
    events,
    result,
    hears: (words) =>
      find((event) => (wordsOf(event)?.includes(words) ? wordsOf(event) : undefined)),
    until: (type) => find((event) => (event.type === type ? event : undefined)) as never,
  };

  function find<Found>(pick: (event: TelephoneEvent) => Found | undefined): Promise<Found> {
    let looked = 0;
    return new Promise((resolve, reject) => {
      const look = () => {
        for (const event of events.slice(looked)) {
          looked += 1;
          const found = pick(event);
          if (found === undefined) continue;
          watchers.delete(look);
          return resolve(found);
        }
      };
      watchers.add(look);
      look();
      const missed = () => reject(new Error('The call was over before that happened.'));
      result.then(missed, reject);
    });
  }
}

function wordsOf(event: TelephoneEvent): string | undefined {
  return event.type === 'said' || event.type === 'heard' ? event.text : undefined;
}
