/** One field of what was changed; `before` or `after` is undefined where there was, or is, nothing. */
export interface Difference {
  /** The way to it: `reaching`, `steps`, `1`, `who`. */
  path: readonly string[];
  before: Plain | undefined;
  after: Plain | undefined;
}

/** What can be shown as it is. */
export type Plain = string | number | boolean;

/**
 * The fields in which two versions differ, however deep. Of what was made or removed those that say
 * something. Where both are there and the newer one does not have a field, it tells nothing of it: many
 * entries hold the changed fields alone.
 */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  if (isObject(before) && isObject(after)) {
    const told = Object.keys(before).filter((name) => Object.hasOwn(after, name));
    const names = new Set([...told, ...Object.keys(after)]);
    return [...names].flatMap((name) => between([name], before[name], after[name]));
  }
  return between([], before, after);
}

function between(path: readonly string[], before: unknown, after: unknown): Difference[] {
  if (isList(before) && isList(after)) {
    const [was, is] = [wordsOf(before), wordsOf(after)];
    return was === is ? [] : [{ path, before: was, after: is }];
  }
  if (isDeep(before) || isDeep(after)) {
    const [was, is] = [partsOf(before), partsOf(after)];
    const names = new Set([...Object.keys(was), ...Object.keys(is)]);
    return [...names].flatMap((name) => between([...path, name], was[name], is[name]));
  }
  const [was, is] = [plainOf(before), plainOf(after)];
  return was === is ? [] : [{ path, before: was, after: is }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isDeep = (value: unknown) => isObject(value) || (Array.isArray(value) && !isList(value));

/** A list of plain values is one value: `report, watch`. */
const isList = (value: unknown): value is readonly Plain[] =>
  Array.isArray(value) && value.every((each) => plainOf(each) !== undefined);

function partsOf(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) {
    return Object.fromEntries(value.map((each, at) => [String(at + 1), each]));
  }
  return isObject(value) ? value : {};
}

function plainOf(value: unknown): Plain | undefined {
  if (isList(value)) return wordsOf(value);
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function wordsOf(list: readonly Plain[]): string | undefined {
  return list.length === 0 ? undefined : list.join(', ');
}
