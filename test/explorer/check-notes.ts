import type { Call } from '../../functions/src/calls/model.ts';
import { instant } from '../../functions/src/calls/times.ts';
import { type Expected, notesOf } from './oracle.ts';

/** A live call, or an archived one, which also shows the text of its notes. */
type NotedCall = Pick<Call, 'noted'> & { admin_notes?: string | null };

/** The latest note that is certain, or a possible one that is not older; the archive shows its text. */
export function checkNotes(
  call: NotedCall,
  expected: Expected,
  violate: (what: string) => void,
): void {
  const certain = notesOf(expected.certain);
  const kept = call.noted?.admin_notes;
  const known = [...certain, ...notesOf(expected.possible)];
  if (kept && !known.some(({ by, at }) => by === kept.by && at === kept.at)) {
    violate('I2: a note is nobody’s');
  }
  const latest = Math.max(...certain.map(({ at }) => instant(at)));
  if (certain.length && !(kept && instant(kept.at) >= latest)) violate('I2: lost a note');
  if ('admin_notes' in call && call.admin_notes !== (kept?.value ?? null)) {
    violate('admin_notes is not the latest note');
  }
}
