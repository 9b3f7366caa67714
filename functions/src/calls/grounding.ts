import { Grounding } from './model.ts';

/**
 * A reply's grounding as it is kept: without an empty list, which the Realtime Database would not
 * keep. Undefined where there is none, and where it does not have its schema: the batch would be
 * refused, and the words with it (I2).
 */
export function keptGrounding(grounding: unknown): Grounding | undefined {
  const { data } = Grounding.safeParse(grounding);
  if (!data) return undefined;
  const { passages, ...others } = defined(data);
  return passages?.length ? { ...others, passages: passages.map(defined) } : others;
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
