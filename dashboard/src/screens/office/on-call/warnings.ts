import type { OnCallView, PersonOnCall, WeekView } from '../../../api/types.ts';
import type { Reaching } from './on-call-fields.ts';

/** A time at which nobody on duty would be fetched; ISO 8601. */
export interface Gap {
  from: string;
  to: string;
}

/** What is wrong with how people are fetched, or would be in the week that is shown. */
export interface Warnings {
  gaps: Gap[];
  /** On duty in this week, or meant by a step, and not to be fetched. */
  unreachable: PersonOnCall[];
  /** Places of steps, from 1, that would fetch nobody at the moment that is shown. */
  emptySteps: number[];
  /** Whether there are shifts and no step asks for them. */
  rotaUnused: boolean;
}

export function warningsOf(reaching: Reaching, moment: OnCallView, week: WeekView): Warnings {
  const usesRota = reaching.steps.some(({ who }) => who.includes('rota'));
  const meant = [...week.people, ...moment.steps.flatMap(({ people }) => people)];
  const unreachable = meant.filter(
    ({ id, unreachable }, index) =>
      unreachable !== null && meant.findIndex((each) => each.id === id) === index,
  );
  return {
    gaps: usesRota && reaching.rota.length > 0 ? gapsOf(week) : [],
    unreachable,
    emptySteps: moment.steps.flatMap(({ people }, index) =>
      people.every((person) => person.unreachable !== null) ? [index + 1] : [],
    ),
    rotaUnused: reaching.rota.length > 0 && !usesRota,
  };
}

/** The times at which nobody would come, those that meet at midnight as one. */
export function gapsOf({ days }: WeekView): Gap[] {
  const gaps: Gap[] = [];
  for (const { from, to, covered } of days.flatMap(({ spans }) => spans)) {
    if (covered) continue;
    const last = gaps.at(-1);
    if (last && Date.parse(last.to) === Date.parse(from)) last.to = to;
    else gaps.push({ from, to });
  }
  return gaps;
}
