import type { ConferenceEvent } from './conference-protocol.ts';
import { rfc2822 } from './parameters.ts';
import type { HttpMethod, Parameters } from './signed-request.ts';
import { createDelivery } from './webhook-delivery.ts';

export interface ConferenceCallbacksOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly conferenceSid: string;
  readonly name: string;
  /** Empty for none. */
  readonly url: string;
  readonly method: HttpMethod;
  readonly events: readonly ConferenceEvent[];
  readonly track: (sending: Promise<void>) => void;
  readonly log: (message: string) => void;
}

/** What Twilio calls the events of one kind. */
const WIRE_NAMES = {
  start: ['conference-start'],
  end: ['conference-end'],
  join: ['participant-join'],
  leave: ['participant-leave'],
  mute: ['participant-mute', 'participant-unmute'],
  hold: ['participant-hold', 'participant-unhold'],
  modify: ['participant-modify'],
  announcement: ['announcement-end', 'announcement-fail'],
} as const satisfies Record<ConferenceEvent, readonly string[]>;

export type WireEvent = (typeof WIRE_NAMES)[ConferenceEvent][number];

/**
 * Each event is a request of its own that waits for no other; SequenceNumber, from 1, tells their
 * order.
 */
export function createConferenceCallbacks(options: ConferenceCallbacksOptions) {
  const { accountSid, authToken, conferenceSid, name, url, method, events, track, log } = options;
  const wanted = new Set<string>(events.flatMap((event) => WIRE_NAMES[event]));
  const delivery = createDelivery({ authToken, product: 'voice', emit: () => {} });
  let sequence = 0;

  return {
    report(event: WireEvent, particulars: Parameters): void {
      if (url === '' || !wanted.has(event)) return;
      sequence += 1;
      const parameters = {
        AccountSid: accountSid,
        ConferenceSid: conferenceSid,
        FriendlyName: name,
        StatusCallbackEvent: event,
        SequenceNumber: String(sequence),
        Timestamp: rfc2822(new Date()),
        ...particulars,
      };
      const purpose = 'conference-status';
      track(
        delivery.deliver({ purpose, url, method, parameters }).then(({ fault }) => {
          if (fault === undefined) return;
          log(`Conference status callback: ${fault.message} (${fault.code}).`);
        }),
      );
    },
  };
}
