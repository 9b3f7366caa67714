import type { CallView, ConversationView } from '../../functions/src/admin/views.ts';
import { TOLD } from '../../functions/src/calls/facts.ts';
import { FACT_KINDS, type Fact, type Message } from '../../functions/src/calls/model.ts';
import { printable } from '../../functions/src/operations/printable.ts';

/** What a stream tells, put into lines. Everything that people said is made harmless first. */
export interface Printer {
  /** Resolves to the lines for an event; `isOver` where nothing follows. */
  event(name: string, data: unknown): { lines: string[]; isOver?: boolean };
}

const SPEAKERS = { user: 'caller', assistant: 'Aurora', admin: 'supervisor' } as const;

/** Fields of a call whose changes are told. */
const CHANGES = [
  'urgency',
  'status',
  'worker_id',
  'admin_id',
  'final_action',
  'admin_notes',
] as const;

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
    const values = CHANGES.map((field) => [field, before[field], next[field]] as const);
    const facts = FACT_KINDS.map(
      (kind) => [kind, told(before.facts[kind]), told(next.facts[kind])] as const,
    );
    return [...values, ...facts].flatMap(([field, was, is]) =>
      was === is ? [] : [`--- ${field} is ${shown(is)} (was ${shown(was)})`],
    );
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

/** A fact as a supervisor reads it: what is only guessed is marked. */
function told(fact: Fact | null): string | null {
  if (!fact) return null;
  return fact.confidence < TOLD ? `perhaps ${fact.value}` : fact.value;
}

function spokenLine({ role, content, timestamp, sources, spoken, grounding }: Message): string {
  const source = sources === '' ? '' : `  [${sources}]`;
  const mark = spoken === false ? '  (not spoken: the caller heard another reply)' : '';
  const who = SPEAKERS[role].padEnd(10);
  const rung = grounding
    ? `  (${[grounding.rung, grounding.model].filter(Boolean).join(' ')})`
    : '';
  return printable(`${timestamp.slice(11, 19)}  ${who}  ${content}${source}${rung}${mark}`);
}

function callLine({
  call_id,
  urgency,
  status,
  medium,
  worker_id,
  last_message_at,
  facts,
}: CallView): string {
  const at = last_message_at.slice(11, 19);
  const known = FACT_KINDS.flatMap((kind) => {
    const value = told(facts[kind]);
    return value === null ? [] : [`${kind}: ${value}`];
  });
  const parts = [call_id, urgency, status, medium, `worker ${worker_id}`, at, known.join(', ')];
  return printable(parts.filter(Boolean).join('  '));
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
