import type { TimelineEntry } from '../calls/timeline.ts';

/** What became of sending something. */
export type Sent = { sid: string } | { refused: string; reason?: string };

/** The door through which callers are reached. */
export interface Reach {
  call(call: {
    companyId: string;
    callId: string;
    to: string;
    from: string;
    purpose: 'caller';
    url: string;
    statusCallback: string;
    timeout: number;
    detectMachine: boolean;
  }): Promise<Sent>;
  text(text: {
    companyId: string;
    callId: string;
    to: string;
    from: string;
    purpose: 'caller';
    body: string;
  }): Promise<Sent>;
}

/** What came of sending, as an entry of the timeline. */
export function outcomeOf(sent: Sent, kind: 'text' | 'call'): Omit<TimelineEntry, 'at'> {
  if ('sid' in sent) return { step: kind === 'text' ? 'text_sent' : 'called_back' };
  const reason = sent.reason ?? sent.refused;
  if (sent.refused === 'capped') return { step: 'capped', reason: kind };
  return { step: kind === 'text' ? 'text_failed' : 'called_back', reason };
}
