import { foldLatest } from '../calls/latest.ts';
import type { CallEvent, Conversation } from '../calls/model.ts';
import { type CallState, foldCall, reduce } from '../calls/reduce.ts';
import { instant, later } from '../calls/times.ts';
import type { JournalLimits } from './limits.ts';

/** Both halves are there: a call enters the view with its `call_started`. */
export type KnownCall = Required<CallState>;

/** The calls of one instance, folded from its events; in memory. */
export interface View {
  /** Equal to reduce(), but changes its state in place. `now` in epoch milliseconds. */
  fold(callId: string, events: readonly CallEvent[], now: number): void;
  /** Takes a call over from a snapshot; the view owns the object from here on. */
  load(callId: string, state: KnownCall): void;
  /** A copy that later events do not change. */
  call(callId: string): CallState | undefined;
  callIdOf(callSid: string): string | undefined;
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
  const calls = new Map<string, Entry>();
  const callIdBySid = new Map<string, string>();

  return { fold, load, call, callIdOf, ids, peek, evict };

  function fold(callId: string, events: readonly CallEvent[], now: number): void {
    const entry = calls.get(callId) ?? begin(callId, events, now);
    if (!entry) return;
    for (const event of events) foldInPlace(entry.state, event);
    entry.touchedAt = now;
  }

  function begin(callId: string, events: readonly CallEvent[], now: number): Entry | undefined {
    const { call, conversation } = reduce(
      {},
      events.filter((event) => event.type === 'call_started'),
    );
    if (!call || !conversation) return undefined;
    return enter(callId, { call, conversation: inPlace(conversation) }, now);
  }

  /** After a restart a call is as old as its last message, not as the restart. */
  function load(callId: string, state: KnownCall): void {
    enter(callId, state, instant(state.call.last_message_at));
  }

  function enter(callId: string, state: KnownCall, touchedAt: number): Entry {
    const entry = { state, touchedAt };
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
    return { call: { ...state.call }, conversation: { call_id, messages: { ...messages } } };
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
    const entries = [...calls].map(([callId, { state, touchedAt }]) => ({
      callId,
      state,
      touchedAt,
    }));
    for (const [status, count, age] of [
      ['ENDED', limits.endedCount, limits.endedAge],
      ['ACTIVE', limits.quietCount, limits.quietAge],
    ] as const) {
      const candidates = entries.filter(({ state }) => state.call.status === status);
      // Sorted only where it matters: it is done beside live calls.
      if (candidates.length > count) candidates.sort((a, b) => b.touchedAt - a.touchedAt);
      for (const [index, { callId, state, touchedAt }] of candidates.entries()) {
        const isBeyond = index >= count || now - touchedAt > age;
        if (isBeyond && !isHeld(callId)) drop(callId, state.call.call_sid);
      }
    }
  }

  function drop(callId: string, callSid: string | undefined): void {
    calls.delete(callId);
    if (callSid !== undefined && callIdBySid.get(callSid) === callId) callIdBySid.delete(callSid);
  }
}

/**
 * An object without a prototype is a hash table to V8 from the start. A plain one would get a
 * hidden class of its own for every message id, which costs more than the append.
 */
function inPlace(conversation: Conversation): Conversation {
  return { call_id: conversation.call_id, messages: Object.create(null) };
}

/** A copy of the call for every message would cost half of an append. */
function foldInPlace(state: KnownCall, event: CallEvent): void {
  if (event.type !== 'message_added') {
    state.call = foldCall(state.call, event);
    return;
  }
  const { call, conversation } = state;
  const { id, ...stored } = event.message;
  call.last_message_at = laterOf(call.last_message_at, stored.timestamp);
  call.latest = foldLatest(call.latest, event.message);
  if (!Object.hasOwn(conversation.messages, id)) conversation.messages[id] = stored;
}

/** As later(), which parses both: texts of one length with one offset are ordered as texts are. */
function laterOf(a: string, b: string): string {
  const offset = a.slice(-6);
  const isSameForm = a.length === b.length && /^[+-]/.test(offset) && b.endsWith(offset);
  return isSameForm ? (b > a ? b : a) : later(a, b);
}
