import type { Assistant } from '../assistant/assistant.ts';
import { partsOf } from '../webhooks/after-reply.ts';
import type { Accepted, FurtherRoute } from '../webhooks/app.ts';
import { createAddresses } from './addresses.ts';
import type { ConferenceRoom } from './conference.ts';
import {
  backWithoutKnowing,
  callerWaits,
  insteadOfWords,
  sorrySupervisor,
  supervisorWaits,
} from './instead.ts';

export interface RoutesOptions {
  publicBaseUrl: string;
  /** Made with the first request. */
  conference: () => Promise<Pick<ConferenceRoom, 'webhooks'>>;
  ears: () => Promise<ReturnType<ConferenceRoom['ears']>>;
  card: Assistant['card'];
  /** For an address that carries no link. */
  emergencyNumber: string;
  language: string;
}

/**
 * Twilio's webhooks of supervisors' legs and of rooms. Whoever hears an answer has words in its place
 * where we fail (I8): a caller goes back to a turn of their own line, a supervisor is told.
 */
export function conferenceRoutes(options: RoutesOptions) {
  const { conference, ears } = options;
  const addresses = createAddresses(options.publicBaseUrl);
  const hook = (name: keyof ConferenceRoom['webhooks']) => async () =>
    (await conference()).webhooks[name];
  const back = (accepted: Accepted) => backWithoutKnowing(addresses, accepted);

  function safeWords(accepted: Accepted): string {
    const { hazard, emergencyNumber, language } = { ...options, ...accepted.link };
    const card = options.card(hazard, emergencyNumber, language);
    return insteadOfWords(partsOf(card, language), accepted);
  }

  return {
    '/join-call': { load: hook('joinCall'), instead: sorrySupervisor },
    '/join-answer': { load: hook('joinAnswer'), instead: sorrySupervisor },
    '/join-status': { load: hook('joinStatus') },
    '/join-wait': { load: hook('joinWait'), instead: () => supervisorWaits() },
    '/join-left': { load: hook('joinLeft'), instead: sorrySupervisor },
    '/caller-join': { load: hook('callerJoin'), instead: back },
    '/caller-wait': { load: hook('callerWait'), instead: callerWaits },
    '/dial-status': { load: hook('dialStatus'), instead: back },
    '/conference-status': { load: hook('conferenceStatus') },
    '/transcription': { load: async () => (await ears()).transcription },
    '/announce': { load: hook('announce'), instead: safeWords },
  } satisfies Record<string, FurtherRoute>;
}
