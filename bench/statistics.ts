/** The value below which the given share (0 to 1) of the samples lies; samples in any order. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).sort();
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[index] ?? Number.NaN;
}

/** Milliseconds as text with a unit that leaves few digits before the point. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1_000).toFixed(1)} us`;
  if (milliseconds < 1_000) return `${milliseconds.toFixed(1)} ms`;
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

export function ratio(value: number): string {
  return `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')}x`;
}
