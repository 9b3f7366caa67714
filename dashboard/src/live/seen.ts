import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { askSignedIn } from '../session/session.ts';

/** Calls that I have just acknowledged: shown as seen at once, and taken back where it is refused. */
const seen = createStore<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

/** @throws ApiError where it was not taken; then the call counts as unseen again */
export async function acknowledge(callId: string): Promise<void> {
  const ids = new Set(seen.getState().ids);
  seen.setState({ ids: ids.add(callId) });
  try {
    await askSignedIn('POST', `/api/call/${callId}/ack`);
  } catch (error) {
    const without = new Set(seen.getState().ids);
    without.delete(callId);
    seen.setState({ ids: without });
    throw error;
  }
}

export function useSeen(): ReadonlySet<string> {
  return useStore(seen, ({ ids }) => ids);
}
