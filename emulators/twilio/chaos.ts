/**
 * What a real network does to webhooks, on demand and the same each time for one seed: a webhook
 * comes late, comes twice (at once, or again because its answer was lost), or an earlier one comes
 * again after a newer one was answered. Repetitions are byte for byte, with the same signature and
 * idempotency token.
 */
export interface ChaosOptions {
  readonly seed: number;
  /** Probability, 0 to 1, of each mishap per webhook; 0.3 unless told. */
  readonly probability?: number;
  /** Longest lateness in milliseconds; 20 unless told. */
  readonly maximumDelay?: number;
}

export interface DeliveryPlan {
  /** Milliseconds before the first copy leaves. */
  readonly delay: number;
  readonly copies: 'one' | 'two-at-once' | 'again-after-the-answer';
  /** Which copy's answer reaches the caller. */
  readonly heard: 'first' | 'second';
  /** 0 to 1: which earlier webhook comes once more after this one was answered; null for none. */
  readonly repeatEarlier: number | null;
  /** Twilio's documents do not say which: silence can come as an empty result or as none. */
  readonly emptySpeechResult: boolean;
}

export const PLAIN_DELIVERY: DeliveryPlan = {
  delay: 0,
  copies: 'one',
  heard: 'first',
  repeatEarlier: null,
  emptySpeechResult: false,
};

/** Each call of the returned function plans the next webhook. */
export function createChaos(options: ChaosOptions): () => DeliveryPlan {
  const { probability = 0.3, maximumDelay = 20 } = options;
  const random = seededRandom(options.seed);
  const happens = () => random() < probability;
  return () => {
    const delay = happens() ? Math.round(random() * maximumDelay) : 0;
    const together = happens();
    const again = happens();
    const second = random() < 0.5;
    const repeatEarlier = happens() ? random() : null;
    const emptySpeechResult = random() < 0.5;
    const copies = together ? 'two-at-once' : again ? 'again-after-the-answer' : 'one';
    // A webhook is only sent again where its first answer was lost.
    const heard = copies === 'again-after-the-answer' || (together && second) ? 'second' : 'first';
    return { delay, copies, heard, repeatEarlier, emptySpeechResult };
  };
}

/** Mulberry32: small, fast and good enough to vary tests; 0 (inclusive) to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
