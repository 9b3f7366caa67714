import { hashKey } from '@tanstack/react-query';

/** A field that two people changed to different values. */
export interface Conflict<T> {
  field: keyof T & string;
  base: T[keyof T];
  theirs: T[keyof T];
  mine: T[keyof T];
}

export interface Merged<T> {
  /** What only one side changed is as that side has it; where both did, it is mine. */
  merged: T;
  conflicts: Conflict<T>[];
}

/** Brings together two changed versions of the same record, field by field; a list is one field. */
export function merge<T extends object>(base: T, theirs: T, mine: T): Merged<T> {
  const merged = { ...mine };
  const conflicts: Conflict<T>[] = [];
  for (const field of fieldsOf(base, theirs, mine)) {
    if (isSame(theirs[field], base[field]) || isSame(theirs[field], mine[field])) continue;
    if (isSame(mine[field], base[field])) merged[field] = theirs[field];
    else conflicts.push({ field, base: base[field], theirs: theirs[field], mine: mine[field] });
  }
  return { merged, conflicts };
}

/** The fields in which an edited version is another than the known one. */
export function changesOf<T extends object>(known: T, edited: T): Partial<T> {
  const changes: Partial<T> = {};
  for (const field of fieldsOf(known, edited)) {
    if (!isSame(known[field], edited[field])) changes[field] = edited[field];
  }
  return changes;
}

/** Whether JSON would have the same for both, in whatever order their keys are. */
export function isSame(one: unknown, other: unknown): boolean {
  return hashKey([{ of: one }]) === hashKey([{ of: other }]);
}

function fieldsOf<T extends object>(...versions: T[]): (keyof T & string)[] {
  return [...new Set(versions.flatMap((version) => Object.keys(version)))] as (keyof T & string)[];
}
