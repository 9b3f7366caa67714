import type { FinalCallStatus } from './parameters.ts';
import type { CallUpdate } from './switchboard.ts';
import type { Step } from './verbs.ts';

export type Ending = Extract<Step, { kind: 'end' }>;

/** By whoever is at the telephone. */
export const HUNG_UP: Ending = { kind: 'end', by: 'caller' };

type FetchStep = Extract<Step, { kind: 'fetch' }>;

export function fetchStep(
  purpose: FetchStep['purpose'],
  url: string,
  method: FetchStep['method'],
  parameters: FetchStep['parameters'],
): FetchStep {
  return { kind: 'fetch', purpose, url, method, parameters };
}

/** @param status of a call that is ended */
export function orderedBy(change: CallUpdate, status: FinalCallStatus): Step {
  switch (change.kind) {
    case 'twiml':
      return { kind: 'document', text: change.twiml };
    case 'url':
      return fetchStep('rest-update', change.url, change.method, {});
    case 'status':
      return { kind: 'end', by: 'aurora', status };
  }
}
