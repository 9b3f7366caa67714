import type { Assistant } from './assistant/assistant.ts';
import { waitingMessages } from './calls/waiting.ts';
import type { ConferenceRoom } from './conference/conference.ts';
import type { WordsOptions } from './conference/words.ts';
import { log } from './log.ts';
import { config, currentState, database, lazy, liveCall, mirror, now } from './parts.ts';
import { conferences, outbound, outgoingCalls, twilioAccount } from './reaching.ts';
import { holding, lines } from './takeover.ts';

/**
 * The composition root of joining by phone: used by the API, by Twilio's webhooks of legs and rooms,
 * by whoever sends a caller on to a joined leg, and by the minute schedule.
 */
export const conference = lazy(async (): Promise<ConferenceRoom> => {
  const [{ createConference }, { createTwilioCalls }] = await Promise.all([
    import('./conference/conference.ts'),
    import('./twilio/calls.ts'),
  ]);
  const calls = createTwilioCalls(twilioAccount());
  const [places, door, rooms, outgoing] = await Promise.all([
    lines(),
    outbound(),
    conferences(),
    outgoingCalls(),
  ]);
  return createConference({
    publicBaseUrl: config().PUBLIC_BASE_URL,
    database: database(),
    calls: {
      live: liveCall,
      apply: mirror().apply,
      waiting: async (callId) => waitingMessages(await currentState(callId)),
      linkOf: places.linkOf,
    },
    holding: await holding(),
    outbound: door,
    conferences: rooms,
    line: { redirect: calls.redirect, state: calls.state, hangUp: outgoing.hangUp },
    transcription: config().TRANSCRIPTION,
    now,
    log,
  });
});

/** Twilio's webhooks of supervisors' legs and of rooms. */
export async function joiningRoutes(turns: WordsOptions['turns'], card: Assistant['card']) {
  const { conferenceRoutes } = await import('./conference/routes.ts');
  return conferenceRoutes({
    publicBaseUrl: config().PUBLIC_BASE_URL,
    conference,
    ears: lazy(async () => {
      const { createOnce } = await import('./turn/once.ts');
      return (await conference()).ears({ turns, once: createOnce<void>() });
    }),
    card,
    emergencyNumber: config().EMERGENCY_NUMBER,
    language: config().VOICE_LANGUAGE,
  });
}
