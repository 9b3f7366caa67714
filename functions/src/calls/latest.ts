import type { Call, Latest, Message } from './model.ts';
import { compareMessages } from './order.ts';

/** Characters of a message that a list of calls shows. */
const SHOWN = 160;

/**
 * What each side said last, so that a list of calls tells what they are about without opening each
 * conversation. Whatever the order of arrival, the later message stands.
 */
export function foldLatest(known: Call['latest'], message: Message): Call['latest'] {
  const { id, role, content, timestamp, grounding } = message;
  const latest: Latest = {
    id,
    text: content.length > SHOWN ? `${content.slice(0, SHOWN).toWellFormed()}…` : content,
    at: timestamp,
    ...(grounding ? { rung: grounding.rung } : {}),
  };
  return { ...known, [role]: later(known?.[role], latest) };
}

/** Two copies of one call, each with some of its messages. */
export function mergeLatest(first: Call['latest'], second: Call['latest']): Call['latest'] {
  const merged = { ...first };
  for (const role of ['user', 'assistant', 'admin'] as const) {
    const other = second?.[role];
    if (other) merged[role] = later(merged[role], other);
  }
  return Object.keys(merged).length ? merged : undefined;
}

function later(a: Latest | undefined, b: Latest): Latest {
  if (!a) return b;
  const order = compareMessages(placed(a), placed(b)) || compare(a.text, b.text);
  return order >= 0 ? a : b;
}

function placed({ id, at }: Latest): Pick<Message, 'id' | 'timestamp'> {
  return { id, timestamp: at };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
