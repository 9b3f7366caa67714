import type { DeskEvent, Line } from '../../../emulators/telephone-page/protocol.ts';

/** A call as the page shows it. */
export interface Call {
  readonly id: string;
  /** `out` is placed here, `in` rings here. */
  readonly direction: 'out' | 'in';
  readonly from: string;
  readonly to: string;
  readonly status: Extract<DeskEvent, { type: 'status' }>['status'];
  readonly lines: readonly Line[];
  /** The line listens now: for that language, or for keys alone (null). */
  readonly listening: string | null | undefined;
  /** What it listened for last. */
  readonly language: string | undefined;
}

export interface Text {
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

export interface DeskState {
  /** Undefined while the page is not connected. */
  readonly desk: string | undefined;
  readonly calls: readonly Call[];
  readonly texts: readonly Text[];
}

export const NOTHING_YET: DeskState = { desk: undefined, calls: [], texts: [] };

/** Milliseconds are nobody's business here: what came, came in this order. Pure. */
export function withEvent(state: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'desk':
      return { ...state, desk: event.desk };
    case 'call': {
      const { call: id, direction, from, to } = event;
      const call: Call = {
        ...{ id, direction, from, to, lines: [] },
        status: 'queued',
        listening: undefined,
        language: undefined,
      };
      return { ...state, calls: [...state.calls, call] };
    }
    case 'status':
      return change(state, event.call, (call) => ({
        ...call,
        status: event.status,
        listening: isOver(event) ? undefined : call.listening,
      }));
    case 'line':
      return change(state, event.call, (call) => ({
        ...call,
        lines: [...call.lines, event.line],
        // Whatever is done here ends the listening; what is heard does not.
        listening: event.line.kind === 'heard' ? call.listening : undefined,
      }));
    case 'listening':
      return change(state, event.call, (call) => ({
        ...call,
        listening: event.language,
        language: event.language ?? call.language,
      }));
    case 'text': {
      const { from, to, body } = event;
      return { ...state, texts: [...state.texts, { from, to, body }] };
    }
  }
}

/** The connection is gone, and with it all calls. */
export function disconnected(state: DeskState): DeskState {
  const calls = state.calls.map((call) =>
    isOver(call) ? call : { ...call, status: 'failed' as const, listening: undefined },
  );
  return { ...state, desk: undefined, calls };
}

const UNDER_WAY = ['queued', 'ringing', 'in-progress'];

export function isOver({ status }: Pick<Call, 'status'>): boolean {
  return !UNDER_WAY.includes(status);
}

function change(state: DeskState, id: string, how: (call: Call) => Call): DeskState {
  return { ...state, calls: state.calls.map((call) => (call.id === id ? how(call) : call)) };
}
