/** What the API takes for numbers: least and most. */
export const BOUNDS = {
  answer_seconds: [1, 60],
  acknowledge_seconds: [5, 3_600],
  takeover_seconds: [5, 7_200],
  retention_days: [30, 36_500],
  accept_seconds: [15, 600],
  repeats: [0, 20],
  wait_seconds: [10, 3_600],
} as const satisfies Record<string, readonly [number, number]>;

export type Bounded = keyof typeof BOUNDS;

/** A field that was emptied holds an empty text. */
export function isWithin(name: Bounded, value: unknown): boolean {
  const [least, most] = BOUNDS[name];
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
