import { AuroraError } from '../errors.ts';
import type { OutgoingCall, OutgoingMessage } from '../twilio/calling.ts';

/** What Twilio was asked for, in order; it takes everything, unless told to refuse. */
export function recordingTwilio() {
  const placed: OutgoingCall[] = [];
  const sent: OutgoingMessage[] = [];
  let fault: AuroraError | undefined;
  const taken = (): void => {
    if (fault) throw fault;
  };
  return {
    placed,
    sent,
    refuses: (status: number) => {
      fault = new AuroraError(status, 'twilio_refused', `Twilio answered ${status}.`);
    },
    isAway: () => {
      fault = new AuroraError(503, 'twilio_away', 'Twilio gave no answer.');
    },
    isBack: () => {
      fault = undefined;
    },
    calls: () => ({
      create: async (call: OutgoingCall) => {
        taken();
        return `CA${placed.push(call).toString(16).padStart(32, '0')}`;
      },
      hangUp: async () => {},
    }),
    messages: () => ({
      send: async (message: OutgoingMessage) => {
        taken();
        return `SM${sent.push(message).toString(16).padStart(32, '0')}`;
      },
    }),
  };
}
