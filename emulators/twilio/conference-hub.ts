/** Every conference of an account: found by name to join, by Sid over REST. */
import { type Conference, createConference } from './conference.ts';
import type { Conferences } from './conference-protocol.ts';
import { newSid } from './parameters.ts';

export interface ConferenceHub extends Conferences {
  /** The newest first; those of a Dial are not among them. */
  all(): Conference[];
  find(conferenceSid: string): Conference | undefined;
  /** Resolves when no status callback is under way any more. */
  settled(): Promise<void>;
  track(work: Promise<void>): void;
}

export interface ConferenceHubOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly log: (message: string) => void;
}

/** Ended ones that stay known. */
const MOST_CONFERENCES = 200;

export function createConferenceHub(options: ConferenceHubOptions): ConferenceHub {
  let conferences: { conference: Conference; bridge: boolean }[] = [];
  const underWay = new Set<Promise<void>>();

  return {
    join(request, notify) {
      const { name, bridge } = request;
      const open = conferences.find(
        (each) =>
          each.bridge === bridge &&
          each.conference.name === name &&
          each.conference.status !== 'completed',
      )?.conference;
      if (request.coaches !== null && open?.find(request.coaches) === undefined) {
        return refuse('coached-is-not-there');
      }
      if ((open?.participants().length ?? 0) >= request.maxParticipants) return refuse('full');
      const conference = open ?? create();
      const participant = conference.join(request, notify);
      return {
        say: (text) => conference.say(participant, text),
        leave: (reason) => conference.leave(participant, reason),
      };

      function refuse(reason: 'full' | 'coached-is-not-there') {
        notify({ type: 'refused', reason });
        return { say: () => {}, leave: () => {} };
      }

      function create(): Conference {
        const created = createConference({
          ...options,
          conferenceSid: newSid('CF'),
          name,
          url: request.statusCallback,
          method: request.statusCallbackMethod,
          events: request.statusCallbackEvents,
          track,
        });
        conferences = [{ conference: created, bridge }, ...conferences];
        forgetOldest();
        return created;
      }
    },
    all: () => conferences.filter(({ bridge }) => !bridge).map(({ conference }) => conference),
    find: (sid) =>
      conferences.find(({ conference, bridge }) => !bridge && conference.sid === sid)?.conference,
    settled: async () => void (await Promise.allSettled(underWay)),
    track,
  };

  function track(work: Promise<void>): void {
    underWay.add(work);
    const done = () => underWay.delete(work);
    work.then(done, done);
  }

  function forgetOldest(): void {
    const live = conferences.filter(({ conference }) => conference.status !== 'completed');
    const over = conferences.filter(({ conference }) => conference.status === 'completed');
    if (over.length <= MOST_CONFERENCES) return;
    const kept = new Set([...live, ...over.slice(0, MOST_CONFERENCES)]);
    conferences = conferences.filter((each) => kept.has(each));
  }
}
