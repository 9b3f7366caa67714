import type { OpenText } from '../../calls/texts.ts';
import { instant } from '../../calls/times.ts';

/** Conversations that an instance remembers. */
const MOST_KEPT = 1_000;

export interface LastTextsOptions {
  /** Milliseconds after which a conversation is over. */
  quietAfter: number;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Where this instance's conversations stand, so that they go on in the same call while the Realtime
 * Database is away. Never the last word: where the database answers, it decides.
 */
export function createLastTexts({ quietAfter, now }: LastTextsOptions) {
  const kept = new Map<string, OpenText>();

  /** Undefined where nothing is known, or the conversation is over by now. */
  function of(companyId: string, openKey: string): OpenText | undefined {
    const known = kept.get(`${companyId} ${openKey}`);
    return known && now() - instant(known.at) < quietAfter ? known : undefined;
  }

  function keep(companyId: string, openKey: string, text: OpenText): void {
    const key = `${companyId} ${openKey}`;
    const known = kept.get(key);
    if (known?.call_id === text.call_id && known.n > text.n) return;
    kept.delete(key);
    kept.set(key, text);
    const oldest = kept.keys().next();
    if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
  }

  return { of, keep };
}

export type LastTexts = ReturnType<typeof createLastTexts>;
