import type { Condition, Filter } from './query.ts';

/** Conditions that must all hold. */
export type Conjunction = readonly Condition[];

/**
 * The filter as a list of alternatives, each a conjunction (disjunctive normal form). `IN` and
 * `ARRAY_CONTAINS_ANY` stay single conditions. At most `limit` alternatives are built, so that a
 * filter meant to explode can't.
 */
export function toDisjunctions(filter: Filter | undefined, limit: number): Conjunction[] {
  if (filter === undefined) return [[]];
  if (filter.kind === 'or') {
    return filter.filters.flatMap((part) => toDisjunctions(part, limit)).slice(0, limit);
  }
  if (filter.kind === 'and') {
    let alternatives: Conjunction[] = [[]];
    for (const part of filter.filters) {
      const added = toDisjunctions(part, limit);
      alternatives = alternatives
        .flatMap((left) => added.map((right) => [...left, ...right]))
        .slice(0, limit);
    }
    return alternatives;
  }
  return [[filter]];
}

/** How many alternatives production counts, where each element of a list is one of its own. */
export function countDisjunctions(filter: Filter | undefined): number {
  if (filter === undefined) return 1;
  if (filter.kind === 'or') {
    return filter.filters.reduce((sum, part) => sum + countDisjunctions(part), 0);
  }
  if (filter.kind === 'and') {
    return filter.filters.reduce((product, part) => product * countDisjunctions(part), 1);
  }
  const hasList = filter.operator === 'IN' || filter.operator === 'ARRAY_CONTAINS_ANY';
  if (hasList && filter.kind === 'field' && filter.value.kind === 'array') {
    return filter.value.values.length;
  }
  return 1;
}
