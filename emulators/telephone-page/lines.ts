import type { TelephoneEvent } from '../twilio/telephone.ts';
import type { Line } from './protocol.ts';

/** What the page shows of an event; undefined where that is nothing. Pure. */
export function lineOf(event: TelephoneEvent): Line | undefined {
  switch (event.type) {
    case 'said':
      return {
        kind: 'heard',
        text: event.text,
        ...(event.language !== undefined && { language: event.language }),
      };
    case 'heard':
      return { kind: 'heard', text: event.text };
    case 'speech':
      return event.spoken === undefined
        ? { kind: 'spoke', text: event.text }
        : { kind: 'spoke', text: event.spoken, understood: event.text };
    case 'spoke':
      return { kind: 'spoke', text: event.text };
    case 'keys':
      return { kind: 'pressed', keys: event.keys };
    case 'silence':
      return { kind: 'silent', seconds: event.seconds };
    case 'unheard':
      return { kind: 'unheard', reason: event.reason };
    case 'conference-joined':
      return { kind: 'joined' };
    case 'conference-left':
      return { kind: 'left' };
    case 'fault':
      return event.fault.severity === 'error'
        ? { kind: 'failed', reason: event.fault.message }
        : undefined;
    default:
      return undefined;
  }
}
