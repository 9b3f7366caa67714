import { CALL_SID } from '../calls/ids.ts';
import { CallEvent } from '../calls/model.ts';
import { asError } from '../errors.ts';
import { MirrorTask } from '../mirror/task-queue.ts';

/** A letter as it is kept; the payload is the JSON text of a task. */
export interface DeadLetter {
  id: string;
  payload: string;
  reason: string;
  recordedAt?: Date | undefined;
}

/** Where dead letters lie. */
export interface LetterBox {
  /** The oldest first. */
  all(): Promise<DeadLetter[]>;
  find(id: string): Promise<DeadLetter | undefined>;
  /** Does nothing where it is gone. */
  remove(id: string): Promise<void>;
  /** Does nothing where it is gone. */
  giveReason(id: string, reason: string): Promise<void>;
}

/** What may be shown of a letter to anybody: none of its words. */
export interface LetterSummary {
  id: string;
  recordedAt: Date | undefined;
  reason: string;
  /** Types of its events, each once, in order; `unknown` for what is no event. */
  types: string[];
  callSid: string | undefined;
}

export interface Replayed {
  id: string;
  /** Why it stays; undefined where it was brought home and is removed. */
  reason: string | undefined;
}

export interface DeadLetterOptions {
  letters: LetterBox;
  /** The mirror's: all of a letter's events, or an error. */
  apply: (events: CallEvent[]) => Promise<void>;
}

/**
 * Lists events that no repetition could bring home, and tries them again when what was in their way
 * is mended. A letter is removed when its events are mirrored or archived, and never otherwise; a
 * replay that is cut short is done again without harm, since events may come twice.
 */
export function createDeadLetterReplay({ letters, apply }: DeadLetterOptions) {
  async function replay(letter: DeadLetter): Promise<Replayed> {
    const reason = await fault(letter);
    if (reason === undefined) await letters.remove(letter.id);
    else await letters.giveReason(letter.id, reason);
    return { id: letter.id, reason };
  }

  /** Undefined where the events have come home. */
  async function fault({ payload }: DeadLetter): Promise<string | undefined> {
    const parsed = MirrorTask.safeParse(parseJson(payload));
    if (!parsed.success) return 'The task does not have its schema.';
    try {
      await apply(parsed.data.events);
      return undefined;
    } catch (thrown) {
      const error = asError(thrown);
      return (error as { code?: string }).code ?? error.name;
    }
  }

  return {
    list: async () => (await letters.all()).map(summarize),
    find: letters.find,
    replay,
    /** One after the other, the oldest first: the beginning of a call comes before its end. */
    async replayAll(tell: (replayed: Replayed) => void): Promise<void> {
      for (const letter of await letters.all()) tell(await replay(letter));
    },
  };
}

export function summarize({ id, recordedAt, reason, payload }: DeadLetter): LetterSummary {
  const { events } = (parseJson(payload) ?? {}) as { events?: unknown };
  const each = (Array.isArray(events) ? events : []).map((event: unknown) => {
    const { type, call_sid } = (event ?? {}) as { type?: unknown; call_sid?: unknown };
    return { type: TYPES.has(type) ? String(type) : 'unknown', callSid: call_sid };
  });
  const callSid = each.map(({ callSid }) => callSid).find(isCallSid);
  const types = [...new Set(each.map(({ type }) => type))];
  return { id, recordedAt, reason, types: types.length > 0 ? types : ['unknown'], callSid };
}

const TYPES = new Set<unknown>(CallEvent.options.map((option) => option.shape.type.value));

function isCallSid(value: unknown): value is string {
  return typeof value === 'string' && CALL_SID.test(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
