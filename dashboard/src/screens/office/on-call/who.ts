import type { PersonOnCall } from '../../../api/types.ts';
import { type Colleague, useColleagues } from '../../../live/people.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';

/** Who may be on call: viewers may not act on calls. */
export function useCandidates(): readonly Colleague[] {
  return useColleagues().filter(({ role }) => role !== 'viewer');
}

/** Whom a step or a shift names: a person, the rota, or everybody. */
export function useNameOfTarget(): (target: string) => string {
  const texts = useTextsOf(onCallTexts);
  const colleagues = useColleagues();
  return (target) => {
    if (target === 'rota') return texts.rota;
    if (target === 'everyone') return texts.everyone;
    return colleagues.find(({ id }) => id === target)?.name ?? texts.nobodyKnown(target);
  };
}

/** A person with why they would not be fetched. */
export function useNameOfPerson(): (person: PersonOnCall) => string {
  const texts = useTextsOf(onCallTexts);
  return ({ id, name, unreachable }) => {
    if (name === null) return texts.nobodyKnown(id);
    return unreachable === null ? name : `${name} (${texts.unreachable[unreachable]})`;
  };
}
