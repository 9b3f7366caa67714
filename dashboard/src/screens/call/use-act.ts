import { useState } from 'react';
import { ApiError } from '../../api/ask.ts';
import { askSignedIn } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { told } from '../../ui/told.ts';

/** Does something to a call; what is refused is told in the API's own words, which name who was first. */
export function useAct(callId: string) {
  const { failure } = useTexts();
  const [busy, setBusy] = useState<string>();

  /**
   * Resolves to whether it was done. The stream brings what it changed. `onRefused` may take a refusal
   * for itself: it then answers true, and nothing else is told.
   */
  async function act(
    action: string,
    body?: unknown,
    headers?: Record<string, string>,
    onRefused?: (refusal: ApiError) => boolean,
  ): Promise<boolean> {
    setBusy(action);
    try {
      await askSignedIn('POST', `/api/call/${callId}/${action}`, {
        ...(body === undefined ? {} : { body }),
        ...(headers ? { headers } : {}),
      });
      return true;
    } catch (error) {
      const isTaken = error instanceof ApiError && onRefused?.(error);
      if (!isTaken) told(failure.title)(error);
      return false;
    } finally {
      setBusy(undefined);
    }
  }

  return { act, busy };
}
