import * as z from 'zod/mini';

/** A content security policy without `unsafe-eval` would report zod's compiled parsers. */
z.config({ jitless: true });

const Answering = z.enum(['ok', 'away']);

const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  manuals: z.object({ procedures: z.number(), reviewed: z.number() }),
  databases: z.object({ realtime_database: Answering, firestore: Answering }),
  time: z.iso.datetime({ offset: true }),
});
export type Health = z.infer<typeof Health>;

/** What asking came to: a health report, an answer that is none, or no answer at all. */
export type Asked =
  | { kind: 'answered'; health: Health }
  | { kind: 'unexpected'; status: number }
  | { kind: 'silent' };

/** Milliseconds: a function that was asleep may need several seconds to start. */
const PATIENCE = 15_000;

/** Asks `/api/health`. Never throws; a degraded answer has status 503 and is a report all the same. */
export async function askHealth(send: typeof fetch = fetch): Promise<Asked> {
  try {
    const response = await send('/api/health', {
      cache: 'no-store',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const health = Health.safeParse(parseJson(await response.text()));
    return health.success
      ? { kind: 'answered', health: health.data }
      : { kind: 'unexpected', status: response.status };
  } catch {
    return { kind: 'silent' };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
