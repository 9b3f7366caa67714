import type { Judgement, Urgency, UrgencyBy, UrgencyChanged } from './model.ts';
import { URGENCIES } from './model.ts';
import { instant } from './times.ts';

export function atLeast(a: Urgency, b: Urgency): Urgency {
  return URGENCIES.indexOf(a) >= URGENCIES.indexOf(b) ? a : b;
}

/**
 * Folds one judgement in, whatever the order of arrival (I5): a supervisor's word wins over every
 * judgement of its turn or earlier, only words of a later turn raise the call again, and Aurora
 * never lowers.
 */
export function foldUrgency(known: UrgencyBy, { urgency, by }: UrgencyChanged): UrgencyBy {
  const supervisor =
    by.kind === 'supervisor' ? latest(known.supervisor, { ...by, urgency }) : known.supervisor;
  const raised = { ...known.raised };
  if (by.kind !== 'supervisor' && urgency !== 'NORMAL') {
    raised[urgency] = latest(raised[urgency], by);
  }
  const decisive = decide(supervisor, raised) ?? known;
  return {
    kind: decisive.kind,
    turn: decisive.turn,
    at: decisive.at,
    ...(decisive.id === undefined ? {} : { id: decisive.id }),
    ...(supervisor ? { supervisor } : {}),
    ...(Object.keys(raised).length ? { raised } : {}),
  };
}

/** The urgency that the remembered judgements amount to. */
export function urgencyOf({
  supervisor,
  raised,
}: Pick<UrgencyBy, 'supervisor' | 'raised'>): Urgency {
  const raisedTo = (['CRITICAL', 'URGENT'] as const).find((level) =>
    raisesAfter(supervisor, raised?.[level]),
  );
  return atLeast(raisedTo ?? 'NORMAL', supervisor?.urgency ?? 'NORMAL');
}

function decide(
  supervisor: UrgencyBy['supervisor'],
  raised: NonNullable<UrgencyBy['raised']>,
): Judgement | undefined {
  const urgency = urgencyOf({ supervisor, raised });
  if (supervisor?.urgency === urgency) return supervisor;
  return urgency === 'NORMAL' ? undefined : raised[urgency];
}

function raisesAfter(supervisor: Judgement | undefined, raise: Judgement | undefined): boolean {
  return raise !== undefined && raise.turn > (supervisor?.turn ?? -1);
}

/** The later in (turn, instant, id, kind): a total order, so that arrival order can't matter. */
function latest<T extends Judgement>(a: T | undefined, b: T): T {
  if (!a) return b;
  const order =
    a.turn - b.turn ||
    instant(a.at) - instant(b.at) ||
    compare(a.id ?? '', b.id ?? '') ||
    compare(JSON.stringify(a), JSON.stringify(b));
  return order >= 0 ? a : b;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
