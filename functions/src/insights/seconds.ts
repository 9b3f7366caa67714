/**
 * Times are counted by their rounded value, so that percentiles over any days are those of the values
 * themselves: to a tenth of a second below ten seconds, to a second below ten minutes, to ten seconds
 * below an hour, to a minute above. That bounds how many different values a day can have.
 */
const STEPS: readonly { below: number; step: number }[] = [
  { below: 10, step: 0.1 },
  { below: 600, step: 1 },
  { below: 3_600, step: 10 },
];
const WIDEST = 60;

/** A rounded time in tenths of a second, as counters keep it: no dots in names of fields. */
export function tenthsOf(milliseconds: number): number {
  const seconds = Math.max(0, milliseconds) / 1_000;
  const step = STEPS.find(({ below }) => seconds < below)?.step ?? WIDEST;
  return Math.round(Math.round(seconds / step) * step * 10);
}

/** How often each rounded time occurred, by tenths of a second. */
export type Histogram = Readonly<Record<string, number>>;

export function countOf(histogram: Histogram): number {
  return Object.values(histogram).reduce((sum, times) => sum + times, 0);
}

/** The least value that at least this share of all values does not exceed; null where there is none. */
export function percentile(histogram: Histogram, share: number): number | null {
  const rank = Math.max(1, Math.ceil(share * countOf(histogram)));
  let seen = 0;
  for (const [tenths, times] of inOrder(histogram)) {
    seen += times;
    if (seen >= rank) return tenths / 10;
  }
  return null;
}

export function countWithin(histogram: Histogram, seconds: number): number {
  return inOrder(histogram).reduce(
    (sum, [tenths, times]) => (tenths <= seconds * 10 ? sum + times : sum),
    0,
  );
}

function inOrder(histogram: Histogram): [tenths: number, times: number][] {
  return Object.entries(histogram)
    .map(([tenths, times]): [number, number] => [Number(tenths), times])
    .sort(([a], [b]) => a - b);
}
