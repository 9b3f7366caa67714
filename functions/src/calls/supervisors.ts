import type { Call, CallNoted, Dispatch, Noted, Said } from './model.ts';
import { earliest, instant } from './times.ts';

/**
 * What supervisors add to a call. Each fold is commutative and idempotent: of two words on one
 * field the later stands, of two at one instant the greater in (by, value).
 */
export function foldNoted(known: Noted | undefined, { at, by, ...event }: CallNoted): Noted {
  const { final_action, admin_notes } = event;
  return {
    ...known,
    ...(final_action === undefined
      ? {}
      : { final_action: latest(known?.final_action, { at, by, value: final_action }) }),
    ...(admin_notes === undefined
      ? {}
      : { admin_notes: latest(known?.admin_notes, { at, by, value: admin_notes }) }),
  };
}

/** The first time that a supervisor saw the call stands. */
export function foldAcknowledged(known: Call['acknowledged'], { at, by }: Said) {
  const before = known?.[by];
  return { ...known, [by]: before === undefined ? at : earliest(before, at) };
}

/** Of one id the earliest stands, so that a repetition changes nothing. */
export function foldDispatch(known: Call['dispatches'], id: string, dispatch: Dispatch) {
  const before = known?.[id];
  return { ...known, [id]: before && !isBefore(dispatch, before) ? before : dispatch };
}

function isBefore(a: Dispatch, b: Dispatch): boolean {
  return (instant(a.at) - instant(b.at) || compare(JSON.stringify(a), JSON.stringify(b))) < 0;
}

function latest<T extends Said & { value: string }>(a: T | undefined, b: T): T {
  if (!a) return b;
  const order =
    instant(a.at) - instant(b.at) ||
    compare(a.by, b.by) ||
    compare(a.value, b.value) ||
    compare(a.at, b.at);
  return order >= 0 ? a : b;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
