import { CALL_ID } from '../calls/ids.ts';
import { Call, type CallEvent } from '../calls/model.ts';
import { OpenText } from '../calls/texts.ts';
import { instant } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import { sideBySide } from './side-by-side.ts';

const AT_ONCE = 10;

export interface QuietTextsOptions {
  database: LiveDatabase;
  /** The mirror's. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** Milliseconds after its last message from which a text conversation is over. */
  quietAfter: number;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

const LiveTextCall = Call.pick({ status: true, medium: true, last_message_at: true });

/**
 * Ends text conversations in which nobody has written for long: nobody hangs up on them. Who writes
 * at this very moment loses nothing, for words after an end open a call that continues it. Then
 * removes what still leads to conversations that are over. Resolves to how many were ended.
 */
export function createQuietTexts({ database, apply, quietAfter, now, log }: QuietTextsOptions) {
  return async function endQuietTexts(): Promise<number> {
    // In this order: a turn is noted as open before its call is live.
    const open = (await database.read(live.openTexts)).value;
    const calls = entriesOf((await database.read(live.calls)).value);
    let ended = 0;
    const quiet = calls.filter(([id, call]) => CALL_ID.test(id) && quietSince(call) !== undefined);
    await eachOf(quiet, async ([callId]) => {
      if (await end(callId)) ended++;
    });
    const isLive = new Set(calls.map(([callId]) => callId));
    const over = entriesOf(open).flatMap(([companyId, texts]) =>
      entriesOf(texts)
        .filter(([, text]) => isOver(text, isLive))
        .map(([key]) => live.openText(companyId, key)),
    );
    await eachOf(over, close);
    return ended;
  };

  /** When a quiet text call's last words were; undefined for every other call. */
  function quietSince(value: unknown): string | undefined {
    const { data } = LiveTextCall.safeParse(value);
    if (data?.status !== 'ACTIVE' || data.medium !== 'Text') return undefined;
    return isOld(data.last_message_at) ? data.last_message_at : undefined;
  }

  /** Looks again, for somebody may have written since all calls were read. */
  async function end(callId: string): Promise<boolean> {
    const at = quietSince((await database.read(live.call(callId))).value);
    if (at === undefined) return false;
    await apply([{ type: 'call_ended', call_id: callId, at, end_reason: 'quiet' }]);
    return true;
  }

  /** One whose call is not live; a call that was begun a moment ago may not be live yet. */
  function isOver(value: unknown, isLive: ReadonlySet<string>): boolean {
    const { data } = OpenText.safeParse(value);
    return !data || (isOld(data.at) && !isLive.has(data.call_id));
  }

  /** A conversation that opens meanwhile stays. */
  async function close(path: string): Promise<void> {
    const { value, etag } = await database.read(path);
    if (isOver(value, new Set())) await database.compareAndSet(path, etag, null);
  }

  function isOld(time: string): boolean {
    return now() - instant(time) >= quietAfter;
  }

  /** One that fails keeps no other from being looked after. */
  async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
    let failed = 0;
    let lastError: Error | undefined;
    await sideBySide(items, AT_ONCE, async (item) => {
      try {
        await work(item);
      } catch (error) {
        failed++;
        lastError = asError(error);
      }
    });
    if (failed > 0) {
      log.error('Text conversations that are over could not be ended; the next run tries again.', {
        count: failed,
        error: lastError,
      });
    }
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries((value ?? {}) as Record<string, unknown>);
}
