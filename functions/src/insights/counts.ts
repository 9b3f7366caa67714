import type { Contribution } from './contribution.ts';

/** Numbers by name, at any depth: what a tally holds. What is not there is zero. */
export interface Counts {
  [name: string]: number | Counts;
}

/** What one call adds to a tally. Only that of all sites tells them apart. */
export function countsOf(of: Contribution, { withSites }: { withSites: boolean }): Counts {
  const call = { calls: 1, ...(of.urgency === 'CRITICAL' && { critical: 1 }) };
  return {
    calls: 1,
    urgency: { [of.urgency]: 1 },
    medium: { [of.medium]: 1 },
    hours: { [of.hour]: 1 },
    workers: { [of.worker_id]: call },
    rungs: { ...of.rungs },
    passages: { ...of.passages },
    // Of calls that have none is known by how many are left.
    ...(of.hazard !== null && { hazards: { [of.hazard]: 1 } }),
    ...(of.final_action !== null && { final_actions: { [of.final_action]: 1 } }),
    ...(withSites && of.site_id !== null && { sites: { [of.site_id]: call } }),
    ...(of.unanswered > 0 && { unanswered: { questions: of.unanswered, calls: 1 } }),
    spans: Object.fromEntries(
      Object.entries(of.spans).map(([span, tenths]) => [span, { [tenths]: 1 }]),
    ),
    never: Object.fromEntries(of.never.map((owed) => [owed, 1])),
  };
}

/** The sum, or with `times` -1 the difference; without what comes to zero. */
export function plus(one: Counts, other: Counts, times: 1 | -1 = 1): Counts {
  const sum: Counts = {};
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [a, b] = [at(one, name), at(other, name)];
    const value =
      typeof a === 'object' || typeof b === 'object'
        ? plus(below(a), below(b), times)
        : (a ?? 0) + times * (b ?? 0);
    if (typeof value === 'object' ? !isEmpty(value) : value !== 0) set(sum, name, value);
  }
  return sum;
}

export function isEmpty(counts: Counts): boolean {
  return Object.keys(counts).length === 0;
}

/** What a stored tally holds; whatever is not a number is passed over. */
export function readCounts(value: unknown): Counts {
  const counts: Counts = {};
  for (const [name, part] of Object.entries((value ?? {}) as object)) {
    if (typeof part === 'number') set(counts, name, part);
    else if (typeof part === 'object' && part !== null) set(counts, name, readCounts(part));
  }
  return counts;
}

/** A count by its name. */
export function numberAt(counts: Counts, name: string): number {
  const value = at(counts, name);
  return typeof value === 'number' ? value : 0;
}

/** The counts below a name. */
export function countsAt(counts: Counts, name: string): Counts {
  return below(at(counts, name));
}

/** Numbers by name, those above zero. */
export function numbersAt(counts: Counts, name: string): Record<string, number> {
  const numbers = Object.entries(countsAt(counts, name)).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0,
  );
  return Object.fromEntries(numbers);
}

function at(counts: Counts, name: string): number | Counts | undefined {
  return Object.hasOwn(counts, name) ? counts[name] : undefined;
}

function below(value: number | Counts | undefined): Counts {
  return typeof value === 'object' ? value : {};
}

/** A name such as `__proto__` is a name like any other. */
function set(counts: Counts, name: string, value: number | Counts): void {
  Object.defineProperty(counts, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
