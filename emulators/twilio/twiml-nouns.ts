/** What may stand in the nouns of Dial, Start and Stop. */
import {
  anything,
  boolean,
  coded,
  language,
  method,
  oneOf,
  positive,
  type Rule,
  url,
} from './twiml-checks.ts';
import type { TwimlElement } from './twiml-document.ts';

/** Participants that a conference takes. */
export const MOST_PARTICIPANTS = 250;
const LONGEST_NAME = 128;

const shortText: Rule = { check: (value) => value.length <= LONGEST_NAME };
const listOf = (...known: string[]): Rule => ({
  check: (value) => value.split(' ').every((event) => known.includes(event)),
});

export const NOUNS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Number: {
    url,
    method,
    sendDigits: { check: (value) => /^[0-9*#wW]+$/.test(value) },
    statusCallback: url,
    statusCallbackMethod: method,
    statusCallbackEvent: listOf('initiated', 'ringing', 'answered', 'completed'),
    byoc: anything,
    machineDetection: oneOf('Enable', 'DetectMessageEnd'),
    machineDetectionTimeout: positive,
    amdStatusCallback: url,
    amdStatusCallbackMethod: method,
  },
  Conference: {
    muted: coded(boolean, 13230),
    endConferenceOnExit: coded(boolean, 13231),
    startConferenceOnEnter: coded(boolean, 13232),
    // Empty: silence while one waits.
    waitUrl: coded(anything, 13233),
    waitMethod: coded(method, 13234),
    beep: oneOf('true', 'false', 'onEnter', 'onExit'),
    participantLabel: shortText,
    coach: { check: (value) => /^CA[0-9a-f]{32}$/.test(value) },
    maxParticipants: {
      check: (value) => positive.check(value, {}) && Number(value) <= MOST_PARTICIPANTS,
    },
    statusCallback: url,
    statusCallbackMethod: method,
    statusCallbackEvent: listOf(
      'start',
      'end',
      'join',
      'leave',
      'mute',
      'hold',
      'modify',
      'speaker',
      'announcement',
    ),
    record: oneOf('do-not-record', 'record-from-start', 'true', 'false'),
    recordingStatusCallback: url,
    recordingStatusCallbackMethod: method,
    recordingStatusCallbackEvent: listOf('in-progress', 'completed', 'absent'),
    recordingConfigurationId: anything,
    trim: oneOf('trim-silence', 'do-not-trim'),
    jitterBufferSize: oneOf('off', 'small', 'medium', 'large'),
    region: anything,
    eventCallbackUrl: url,
  },
  Transcription: {
    name: anything,
    track: oneOf('inbound_track', 'outbound_track', 'both_tracks'),
    statusCallbackUrl: url,
    statusCallbackMethod: method,
    inboundTrackLabel: anything,
    outboundTrackLabel: anything,
    partialResults: boolean,
    languageCode: {
      check: (value) => value === 'multi' || language.check(value, {}),
    },
    transcriptionEngine: oneOf('google', 'deepgram'),
    speechModel: anything,
    profanityFilter: boolean,
    enableAutomaticPunctuation: boolean,
    hints: anything,
    intelligenceService: anything,
    enableProviderData: boolean,
  },
};

/**
 * A conference stands alone in its Dial, has a name of bearable length and, as a number, nothing else
 * in it.
 */
export function findNounFaults(verb: string, nouns: readonly TwimlElement[]): string[] {
  const conferences = nouns.filter(({ name }) => name === 'Conference');
  const faults: string[] = [];
  if (conferences.length > 0 && nouns.length > 1) {
    faults.push(`a <Conference> must stand alone in <${verb}>`);
  }
  for (const { name, children } of nouns) {
    if (name !== 'Conference' && name !== 'Number') continue;
    for (const child of children) faults.push(`<${child.name}> must not stand in <${name}>`);
  }
  for (const { text } of conferences) {
    const length = text.trim().length;
    if (length === 0 || length > LONGEST_NAME) {
      faults.push(
        `the name of a <Conference> has ${length} characters, 1 to ${LONGEST_NAME} are allowed`,
      );
    }
  }
  return faults;
}
