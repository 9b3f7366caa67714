import { createStore } from 'zustand/vanilla';
import type { CallView } from '../api/types.ts';
import type { Connection } from './event-stream.ts';

/**
 * The live calls, outside of React: events come by the dozen a second, and the page is told once in a
 * frame.
 */
export interface LiveCalls {
  /** Most urgent first, then longest waiting; those that have just ended last. */
  calls: readonly CallView[];
  /** Whether the first list has come. */
  loaded: boolean;
  connection: Connection;
  /** When something was heard last, epoch milliseconds. */
  heardAt: number;
}

export type CallsEvent =
  | { name: 'initial'; items: readonly CallView[] }
  | { name: 'added' | 'changed'; call: CallView }
  | { name: 'removed'; call_id: string };

const URGENCY = { CRITICAL: 0, URGENT: 1, NORMAL: 2 } as const;

/** What the stream says, folded into what was known. Pure. */
export function foldCalls(
  known: ReadonlyMap<string, CallView>,
  events: readonly CallsEvent[],
): Map<string, CallView> {
  let calls = new Map(known);
  for (const event of events) {
    if (event.name === 'initial') calls = new Map(event.items.map((call) => [call.call_id, call]));
    else if (event.name === 'removed') calls.delete(event.call_id);
    else calls.set(event.call.call_id, event.call);
  }
  return calls;
}

export function byNeed(a: CallView, b: CallView): number {
  return (
    Number(a.status !== 'ACTIVE') - Number(b.status !== 'ACTIVE') ||
    URGENCY[a.urgency] - URGENCY[b.urgency] ||
    Date.parse(a.timestamp) - Date.parse(b.timestamp) ||
    (a.call_id < b.call_id ? -1 : 1)
  );
}

export function createLiveCalls(nextFrame: (work: () => void) => void) {
  const store = createStore<LiveCalls>(() => ({
    calls: [],
    loaded: false,
    connection: { state: 'connecting' },
    heardAt: Date.now(),
  }));
  let known: ReadonlyMap<string, CallView> = new Map();
  let waiting: CallsEvent[] = [];

  function take(event: CallsEvent): void {
    waiting.push(event);
    if (waiting.length === 1) nextFrame(show);
  }

  function show(): void {
    known = foldCalls(known, waiting);
    waiting = [];
    const calls = [...known.values()].sort(byNeed);
    store.setState({ calls, loaded: true });
  }

  function connection(connection: Connection): void {
    store.setState({ connection });
  }

  return { store, take, connection, heard: () => store.setState({ heardAt: Date.now() }) };
}
