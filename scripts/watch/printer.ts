import type { CallView, ConversationView } from '../../functions/src/admin/views.ts';
import type { Message } from '../../functions/src/calls/model.ts';
import { printable } from '../../functions/src/operations/printable.ts';

/** What a stream tells, put into lines. Everything that people said is made harmless first. */
export interface Printer {
  /** Resolves to the lines for an event; `isOver` where nothing follows. */
  event(name: string, data: unknown): { lines: string[]; isOver?: boolean };
}

const SPEAKERS = { user: 'caller', assistant: 'Aurora', admin: 'supervisor' } as const;

/** Fields of a call whose changes are told. */
const TOLD = ['urgency', 'status', 'worker_id', 'admin_id', 'final_action', 'admin_notes'] as const;

export function conversationPrinter(): Printer {
  const seen = new Map<string, Message>();
  let call: CallView | undefined;

  function said(messages: readonly Message[]): string[] {
    return messages.flatMap((message) => {
      const known = seen.get(message.id);
      seen.set(message.id, message);
      if (known && known.spoken === message.spoken) return [];
      return [spokenLine(message)];
    });
  }

  function changes(next: CallView): string[] {
    const before = call;
    call = next;
    if (!before) return [callLine(next)];
    return TOLD.flatMap((field) => {
      if (before[field] === next[field]) return [];
      return [`--- ${field} is ${shown(next[field])} (was ${shown(before[field])})`];
    });
  }

  return {
    event(name, data) {
      if (name === 'initial') {
        const initial = data as { call: CallView; conversation: ConversationView };
        const lines = changes(initial.call);
        return { lines: [...lines, ...said(initial.conversation.messages)] };
      }
      if (name === 'new_messages')
        return { lines: said((data as { messages: Message[] }).messages) };
      if (name === 'call') return { lines: changes((data as { call: CallView }).call) };
      if (name === 'ended')
        return { lines: outcome((data as { call: CallView }).call), isOver: true };
      return { lines: [] };
    },
  };
}

export function listPrinter(): Printer {
  return {
    event(name, data) {
      if (name === 'initial') {
        const { items } = data as { items: CallView[] };
        return {
          lines: [`--- ${items.length} live`, ...items.map((call) => `  ${callLine(call)}`)],
        };
      }
      if (name === 'added') return { lines: [`+ ${callLine((data as { call: CallView }).call)}`] };
      if (name === 'changed')
        return { lines: [`  ${callLine((data as { call: CallView }).call)}`] };
      if (name !== 'removed') return { lines: [] };
      const { call_id, reason } = data as { call_id: string; reason: string };
      return { lines: [printable(`- ${call_id} ${reason}`)] };
    },
  };
}

function spokenLine({ role, content, timestamp, sources, spoken }: Message): string {
  const source = sources === '' ? '' : `  [${sources}]`;
  const mark = spoken === false ? '  (not spoken: the caller heard another reply)' : '';
  const who = SPEAKERS[role].padEnd(10);
  return printable(`${timestamp.slice(11, 19)}  ${who}  ${content}${source}${mark}`);
}

function callLine({
  call_id,
  urgency,
  status,
  medium,
  worker_id,
  last_message_at,
}: CallView): string {
  const at = last_message_at.slice(11, 19);
  return printable([call_id, urgency, status, medium, `worker ${worker_id}`, at].join('  '));
}

function outcome(call: CallView): string[] {
  const { urgency, duration_seconds, end_reason, final_action, admin_notes } = call;
  const lines = [
    `--- over after ${duration_seconds ?? '?'} s (${end_reason ?? 'unknown'}), ${urgency}`,
    ...(final_action ? [`--- final action: ${final_action}`] : []),
    ...(admin_notes ? [`--- notes: ${admin_notes}`] : []),
  ];
  return lines.map(printable);
}

function shown(value: string | null): string {
  return value === null ? 'none' : printable(value);
}
