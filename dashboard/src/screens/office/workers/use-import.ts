import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError } from '../../../api/ask.ts';
import type { WorkersImport } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { type ReadFile, readCsvFile } from './csv-file.ts';

/** Where an import is. */
export type Import =
  | { step: 'choosing' }
  | { step: 'reading' }
  | { step: 'unreadable'; why: Exclude<ReadFile, { csv: string }>['refused'] | ApiError }
  | { step: 'preview'; file: string; preview: WorkersImport; failure?: string }
  | ({ step: 'applying' | 'broken' | 'done'; all: number; failure?: string } & Stored);

interface Stored {
  created: number;
  changed: number;
}

/** Milliseconds: a request stores for some seconds before it says that there is more. */
const LONG = 50_000;

/** A file of workers on its way: read, looked at, stored in portions. */
export function useImport() {
  const [now, setNow] = useState<Import>({ step: 'choosing' });
  const csv = useRef('');
  const skipFaulty = useRef(false);
  const queries = useQueryClient();

  const send = async (dryRun: boolean) => {
    const body = { csv: csv.current, dry_run: dryRun, skip_faulty: skipFaulty.current };
    const answer = await askSignedIn<WorkersImport>('POST', '/api/workers/import', {
      body,
      patience: LONG,
    });
    return answer.body;
  };

  async function read(file: File): Promise<void> {
    const before = now;
    setNow({ step: 'reading' });
    const found = await readCsvFile(file);
    if ('refused' in found) return setNow({ step: 'unreadable', why: found.refused });
    csv.current = found.csv;
    skipFaulty.current = false;
    try {
      setNow({ step: 'preview', file: file.name, preview: await send(true) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Whoever signs in again chooses the file once more.
      setNow(error.status === 401 ? before : { step: 'unreadable', why: error });
    }
  }

  /** Stores what is left of the file, and says meanwhile how far it is. */
  async function apply(of: { all: number; leavesOut: boolean } & Stored): Promise<void> {
    skipFaulty.current = of.leavesOut;
    const { all } = of;
    let { created, changed } = of;
    setNow({ step: 'applying', all, created, changed });
    try {
      for (let complete = false; !complete; ) {
        const { applied } = await send(false);
        if (!applied) break;
        created += applied.created;
        changed += applied.changed;
        complete = applied.complete;
        setNow({ step: complete ? 'done' : 'applying', all, created, changed });
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const stored = storedBefore(error);
      created += stored.created;
      changed += stored.changed;
      setNow({ step: 'broken', all, created, changed, failure: error.message });
    }
    await queries.invalidateQueries({ queryKey: ['workers'] });
  }

  return {
    now,
    read,
    apply: (leavesOut: boolean) =>
      now.step === 'preview'
        ? apply({ all: toStore(now.preview), leavesOut, created: 0, changed: 0 })
        : now.step === 'broken'
          ? apply({ ...now, leavesOut: skipFaulty.current })
          : Promise.resolve(),
    again: () => setNow({ step: 'choosing' }),
  };
}

export function toStore({ totals }: WorkersImport): number {
  return totals.create + totals.change;
}

/** What the request had stored when it broke off. */
function storedBefore({ details }: ApiError): Stored {
  const { applied } = (details ?? {}) as { applied?: Stored };
  return { created: applied?.created ?? 0, changed: applied?.changed ?? 0 };
}
