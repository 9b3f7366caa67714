import { VARIANTS, WORDING } from '../dialogue/wording.ts';
import type { Wording } from './wording.ts';

/** The language in which Aurora's sentences are written; the others translate these. */
export const english: Wording = {
  language: 'en',
  reviewed: 'nobody yet',
  sentences: WORDING,
  variants: VARIANTS,
  line: {
    greeting:
      'This is Aurora, the safety line. Tell me what has happened and where you are. If you are in danger, press 1. If a life is at risk, also call {emergency_number}.',
    offer: 'For English, press {key}.',
    silent: [
      'I did not hear you. Tell me what has happened, or press 1 if you are in danger and 2 if you are safe.',
      'Are you there? If you cannot speak, press any of these keys: 1 for danger, 9 to ask for a person.',
      'I am staying on the line and I have marked this call as urgent. If you can, move away from danger. If anybody is in danger, call {emergency_number}. Speak or press 1 at any time.',
    ],
    switched: 'I am listening in English now. What has happened, and where are you?',
    goodbye: 'Thank you for calling. Stay safe. Goodbye.',
  },
};
