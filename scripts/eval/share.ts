/** A part of a whole: 0 of 0 says that there was nothing to measure. */
export interface Share {
  count: number;
  of: number;
}

export function share<T>(items: readonly T[], holds: (item: T) => boolean): Share {
  return { count: items.filter(holds).length, of: items.length };
}

/** 0 to 1; NaN of nothing. */
export function value({ count, of }: Share): number {
  return count / of;
}

/** Rounded to what can be read, beside the counts that say how much it rests on. */
export function formatShare(part: Share): string {
  return part.of === 0 ? '-' : `${value(part).toFixed(3)} (${part.count}/${part.of})`;
}

/** The groups in alphabetical order; items without a name are left out. */
export function groupBy<T>(
  items: readonly T[],
  nameOf: (item: T) => string | undefined,
): [string, T[]][] {
  const groups = Object.groupBy(items, (item) => nameOf(item) ?? '');
  return Object.entries(groups)
    .filter((entry): entry is [string, T[]] => entry[0] !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
