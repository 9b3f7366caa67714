import type { CallEvent, Conversation } from '../calls/model.ts';
import { type CallState, foldCall, reduce } from '../calls/reduce.ts';
import { instant } from '../calls/times.ts';
import type { JournalLimits } from './limits.ts';

/** Both halves are there: a call enters the view with its `call_started`. */
export type KnownCall = Required<CallState>;

/** The calls of one instance, folded from its events; in memory. */
export interface View {
  /** Equal to reduce(), but adds messages in place. `now` in epoch milliseconds. */
  fold(callId: string, events: readonly CallEvent[], now: number): void;
  /** Takes a call over from a snapshot; the view owns the object from here on. */
  load(callId: string, state: KnownCall, now: number): void;
  /** A copy that later events do not change. */
  call(callId: string): CallState | undefined;
  callIdOf(callSid: string): string | undefined;
  /** Longest untouched first. */
  ids(): string[];
  /** The view's own object: to be read at once, not kept and not changed. */
  peek(callId: string): Readonly<KnownCall> | undefined;
  /** Drops what is beyond the limits, longest untouched first, but nothing that `isHeld`. */
  evict(now: number, isHeld: (callId: string) => boolean): void;
}

interface Entry {
  state: KnownCall;
  touchedAt: number;
}

export function createView(limits: JournalLimits): View {
  /** Ordered by touchedAt: each fold moves its call to the end. */
  const calls = new Map<string, Entry>();
  const callIdBySid = new Map<string, string>();

  return { fold, load, call, callIdOf, ids, peek, evict };

  function fold(callId: string, events: readonly CallEvent[], now: number): void {
    const entry = calls.get(callId) ?? begin(callId, events, now);
    if (!entry) return;
    for (const event of events) {
      entry.state.call = foldCall(entry.state.call, event);
      if (event.type === 'message_added') addMessage(entry.state.conversation, event.message);
    }
    entry.touchedAt = now;
    calls.delete(callId);
    calls.set(callId, entry);
  }

  function begin(callId: string, events: readonly CallEvent[], now: number): Entry | undefined {
    const { call, conversation } = reduce(
      {},
      events.filter((event) => event.type === 'call_started'),
    );
    if (!call || !conversation) return undefined;
    return load(callId, { call, conversation: inPlace(conversation) }, now);
  }

  function load(callId: string, state: KnownCall, now: number): Entry {
    const entry = { state, touchedAt: now };
    calls.set(callId, entry);
    const sid = state.call.call_sid;
    if (sid !== undefined && isLater(callId, callIdBySid.get(sid))) callIdBySid.set(sid, callId);
    return entry;
  }

  /** Two calls share a CallSid where the second continues an ended one: the second is current. */
  function isLater(callId: string, known: string | undefined): boolean {
    if (known === undefined) return true;
    const a = startOf(callId);
    const b = startOf(known);
    return a > b || (a === b && callId > known);
  }

  function startOf(callId: string): number {
    return instant(calls.get(callId)?.state.call.timestamp ?? '');
  }

  function call(callId: string): CallState | undefined {
    const state = calls.get(callId)?.state;
    if (!state) return undefined;
    const { call_id, messages } = state.conversation;
    return { call: state.call, conversation: { call_id, messages: { ...messages } } };
  }

  function callIdOf(callSid: string): string | undefined {
    return callIdBySid.get(callSid);
  }

  function ids(): string[] {
    return [...calls.keys()];
  }

  function peek(callId: string): Readonly<KnownCall> | undefined {
    return calls.get(callId)?.state;
  }

  function evict(now: number, isHeld: (callId: string) => boolean): void {
    let ended = 0;
    for (const { state } of calls.values()) if (state.call.status === 'ENDED') ended += 1;
    const excess = {
      ENDED: ended - limits.endedCount,
      ACTIVE: calls.size - ended - limits.quietCount,
    };
    const oldest = { ENDED: now - limits.endedAge, ACTIVE: now - limits.quietAge };
    for (const [callId, { state, touchedAt }] of calls) {
      const { status, call_sid } = state.call;
      if (excess[status] <= 0 && touchedAt >= oldest[status]) continue;
      if (isHeld(callId)) continue;
      calls.delete(callId);
      if (call_sid !== undefined && callIdBySid.get(call_sid) === callId) {
        callIdBySid.delete(call_sid);
      }
      excess[status] -= 1;
    }
  }
}

/**
 * An object without a prototype is a hash table to V8 from the start. A plain one would get a
 * hidden class of its own for every message id, which costs more than the append.
 */
function inPlace(conversation: Conversation): Conversation {
  return { call_id: conversation.call_id, messages: Object.create(null) };
}

function addMessage(
  { messages }: Conversation,
  { id, ...stored }: Extract<CallEvent, { type: 'message_added' }>['message'],
): void {
  if (!Object.hasOwn(messages, id)) messages[id] = stored;
}
