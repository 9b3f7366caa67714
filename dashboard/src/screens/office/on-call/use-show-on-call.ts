import { commonTexts } from '../../../texts/office/common.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import type { OnCallFields, Step } from './on-call-fields.ts';
import { useNameOfTarget } from './who.ts';

/** What two people have both changed, in words. Shifts and absences never are: each is its own field. */
export function useShowOnCall(): (field: keyof OnCallFields & string, value: unknown) => string {
  const { yes, no } = useTextsOf(commonTexts);
  const texts = useTextsOf(onCallTexts);
  const nameOf = useNameOfTarget();
  return (field, value) => {
    if (typeof value === 'boolean') return value ? yes : no;
    if (field !== 'steps') return String(value ?? '');
    return (value as Step[])
      .map(({ who, wait_seconds }) => `${who.map(nameOf).join(', ')}: ${texts.waits(wait_seconds)}`)
      .join('; ');
  };
}
