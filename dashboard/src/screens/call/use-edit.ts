import { useState } from 'react';
import { ApiError } from '../../api/ask.ts';
import type { OneCall } from '../../api/types.ts';
import { askSignedIn } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { told } from '../../ui/told.ts';

export interface Edit {
  urgency?: OneCall['urgency'];
  final_action?: string;
  admin_notes?: string;
}

/** Changes what people say of a call, and nothing that somebody else has changed unseen. */
export function useEdit(callId: string) {
  const { failure } = useTexts();
  const [busy, setBusy] = useState(false);
  const path = `/api/call/${callId}`;

  /** The call as it is now, and the tag to change it with. */
  function read() {
    return askSignedIn<OneCall>('GET', path);
  }

  /** Resolves to the changed call, to `conflict` where it was changed meanwhile, or to undefined. */
  async function change(
    edit: (call: OneCall) => Edit,
    etag?: string,
  ): Promise<{ call: OneCall; etag: string | undefined } | 'conflict' | undefined> {
    setBusy(true);
    try {
      const known = await read();
      const tag = etag ?? known.etag ?? '';
      const headers = { 'if-match': tag };
      const answer = await askSignedIn<OneCall>('PATCH', path, { body: edit(known.body), headers });
      return { call: answer.body, etag: answer.etag };
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) return 'conflict';
      told(failure.title)(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  return { read, change, busy };
}
