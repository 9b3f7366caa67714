import { useTextsOf } from '../../../src/texts/use-texts-of.ts';
import { en, type TelephoneTexts } from './en.ts';
import { hi } from './hi.ts';

export function useTelephoneTexts(): TelephoneTexts {
  return useTextsOf({ en, hi });
}
