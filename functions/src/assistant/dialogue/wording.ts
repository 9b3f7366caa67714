export { promisesHelp } from '../languages/promises.ts';

/**
 * Every sentence of Aurora's that is not in the manual. None promises that help or a person is
 * coming: nothing here knows that. What is said of supervisors is what is true: the call stands
 * before them with its urgency, people who can be rung are being rung, and nobody can say when one of
 * them answers. `{emergency_number}` is filled in by
 * {@link withNumber}, `{hazard}` is a card's `spoken`.
 */
export const WORDING = {
  callNow: 'Call {emergency_number} now.',
  marked: 'I have marked this call for your supervisors.',
  reaching: 'I am trying to reach a person for you.',
  getAway: 'Move away from danger if you can.',
  whatHappens: 'What is happening, and where are you?',
  stayOnLine: 'Stay on the line.',
  inDanger: 'I understand, you are in danger.',
  safe: 'Good that you are safe. Stay away until it has been checked. This line stays open.',
  safeQuestion: 'Is anybody hurt or missing? Press 1 if the danger is back.',
  person:
    'I have marked this call for your supervisors, but I cannot say when one of them answers. Stay on the line.',
  personTried:
    'I am trying to reach a person, but I cannot say when one of them answers. Stay on the line.',
  personQuestion: 'If anybody is in danger, call {emergency_number} now. What is happening?',
  who: 'This is Aurora, an automatic emergency line. I read from the emergency manual, and I am not a person. Tell me what has happened, or press 1 if you are in danger.',
  number: 'The emergency number here is {emergency_number}. Call it now if anybody is in danger.',
  thanks: 'This line stays open. Press 1 if you are in danger, or tell me what has changed.',
  noAnswer: 'I have no answer to that.',
  here: 'I am here.',
  notHappening: 'Is it happening now? Press 1 if it is.',
  notAsked: 'All right. Tell me in a few words what is happening. Press 1 if you are in danger.',
  onlyWhereSafe: 'Only where you are safe from {hazard}:',
  didYouSay: 'Did you say {hazard}? Press 1 if yes, or say it again.',
  meanwhile: 'If you are in danger, get away from it and call {emergency_number} now.',
  also: 'I understand, also {hazard}.',
  understoodNo: 'I understand: no {hazard}.',
  understoodOver: 'I understand: it is over.',
  confirm: 'I understood: {hazard}, {place}. Is that right?',
  notConfirmed: 'I am sorry. What has happened, and where exactly?',
  slower: 'I will speak more slowly.',
  helpHere: 'Good that they are there. Tell them what has happened. This line stays open.',
  falseAlarm: 'I understand, a false alarm. If anything is real, press 1.',
  wrongNumber:
    'This is the emergency line of a workplace. If nobody is in danger, you can hang up. If anybody is, press 1.',
  keepFree: 'If nothing has happened, please keep this line free. If anything is real, press 1.',
  notAtHand: "I do not have your site's own manual here, so I read from the general one.",
  forPerson: 'Press 9 for a person, or 1 for danger.',
  drill: 'I understand, this is a drill or a test. If anything is real, press 1.',
} as const;

/** Said in turn, so that the same answer is not given twice running. */
export const VARIANTS = {
  greeting: [
    'This is Aurora. Tell me in a few words what has happened. If you are in danger, press 1.',
    'I hear you. What has happened? If you are in danger, press 1.',
  ],
  unknown: [
    'I have no answer to that in the emergency manual. Is anybody hurt or in danger? Press 1 for danger, or 9 for a person.',
    'The emergency manual does not cover that. Do you see fire, smoke or gas, or is somebody hurt? Press 9 for a person.',
  ],
  noted: ['Thank you.', 'Understood.'],
  calm: ['I hear you.', 'I am listening. One thing at a time.'],
  where: ['Where exactly are you?', 'Which building, floor or gate is it?'],
  hazard: ['What has happened?', 'What is the danger: fire, gas, a machine, or somebody hurt?'],
  injured: ['Is anybody hurt?', 'How many people are hurt?'],
  trapped: ['Is anybody trapped or missing?', 'Is anybody still inside?'],
  callback: [
    'Which telephone number are you calling from?',
    'If we are cut off: on which number can you be reached?',
  ],
  notHeard: [
    'I did not hear that well. Please say it again in other words, or press 1 if you are in danger.',
    'I still can not hear you well. Say one word, such as fire, gas or bleeding. Press 1 for danger, 9 for a person.',
  ],
  end: [
    'Those are all the steps I have. Stay on the line. What has changed?',
    'Keep going as I said, and tell me if anything gets worse. Press 0 to hear the last words again.',
    'I am still here. Is anybody hurt, or is there a new danger? Press 9 for a person.',
  ],
} as const;

/** The site's number in its place; a site without one must not make the sentence fall apart. */
export function withNumber(text: string, emergencyNumber: string): string {
  const number = emergencyNumber.trim() || 'the emergency number';
  return text.replaceAll('{emergency_number}', () => number);
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** How many words a reply has at most; longer is not listened to by somebody in danger. */
export const MAX_WORDS = 60;
