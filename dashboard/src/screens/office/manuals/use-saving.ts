import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../api/ask.ts';
import type { Manual, ManualText } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { type Problem, problemsOf } from './problems.ts';
import { MANUALS } from './use-manuals.ts';
import type { Base } from './use-writing.ts';

/** What somebody else has made of a manual meanwhile. */
export interface Theirs {
  manual: ManualText;
  base: Base;
}

/** Saves a text as a draft, or tells what keeps it from being one. */
export function useSaving(onSaved: (manual: Manual) => void) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [refusal, setRefusal] = useState<ApiError>();
  const [theirs, setTheirs] = useState<Theirs>();

  async function save(text: string, base: Base | undefined): Promise<void> {
    setBusy(true);
    setProblems([]);
    setRefusal(undefined);
    try {
      const saved = await send(text, base);
      setTheirs(undefined);
      await client.invalidateQueries({ queryKey: [MANUALS] });
      onSaved(saved);
    } catch (error) {
      await refused(error, base);
    } finally {
      setBusy(false);
    }
  }

  async function refused(error: unknown, base: Base | undefined): Promise<void> {
    if (!(error instanceof ApiError)) throw error;
    // The sign-in dialog tells of a session that is over; the text stays.
    if (error.status === 401) return;
    if (error.status === 412 && base) {
      try {
        return setTheirs(await newest(base.id));
      } catch {
        // What it is now can't be read: then the refusal itself has to do.
      }
    }
    const found = problemsOf(error);
    if (found.length > 0) setProblems(found);
    else setRefusal(error);
  }

  return { save, busy, problems, refusal, theirs, forgetTheirs: () => setTheirs(undefined) };
}

async function send(text: string, base: Base | undefined): Promise<Manual> {
  const asking = {
    body: { text },
    ...(base?.etag !== undefined && { headers: { 'if-match': base.etag } }),
  };
  const answer = base?.isDraft
    ? await askSignedIn<Manual>('PATCH', `/api/manuals/${base.id}`, asking)
    : await askSignedIn<Manual>('POST', '/api/manuals', asking);
  return answer.body;
}

async function newest(id: string): Promise<Theirs> {
  const { body, etag } = await askSignedIn<ManualText>('GET', `/api/manuals/${id}`);
  // Theirs stays as it is: whatever is saved now becomes the next version.
  return { manual: body, base: { id, version: body.version, isDraft: false, etag } };
}
