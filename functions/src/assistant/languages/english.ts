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
    moment: 'One moment. You stay connected.',
    switched: 'I am listening in English now. What has happened, and where are you?',
    goodbye: 'Thank you for calling. Stay safe. Goodbye.',
    calledBack:
      'This is Aurora, the safety line. Our call broke off, so I am calling you back. If you are in danger, press 1. If you are safe, press 2.',
    anybody: 'This is Aurora, calling back. If you can hear me, press 1.',
    silentText:
      'This is Aurora, the safety line. I cannot hear you. Reply 1 if you are in danger, 2 if you are safe. If a life is at risk, call {emergency_number}.',
    lostText:
      'This is Aurora, the safety line. Our call broke off. Stay by your phone if it is safe, or call this number again. Reply 1 if you are in danger, 2 if you are safe. If a life is at risk, call {emergency_number}.',
    nobody:
      'Nobody has answered me yet. If anybody is in danger, call {emergency_number} now. I am staying on the line.',
    dialling: 'I am now calling {emergency_number} for you. Stay on the line.',
    backFromDialling: 'You are speaking with Aurora again. What has changed?',
    notConnected:
      'I could not reach {emergency_number}. If you can, call it yourself from another telephone. I am staying on the line. What has changed?',
    taken:
      'A supervisor has taken over this call. I am quiet now. Go on talking, and stay on the line.',
    open: 'This line is open. Speak at any time.',
    says: 'Your supervisor says:',
    back: 'This is Aurora again.',
  },
};
