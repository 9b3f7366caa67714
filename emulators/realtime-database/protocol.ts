import { z } from 'zod';
import type { MaybeNode } from './engine/node.ts';
import { formatPath, type Path } from './engine/path.ts';
import type { QueryWindow } from './engine/query-window.ts';
import { EXPORT, nodeToJson } from './engine/to-json.ts';
import type { ViewUpdate } from './engine/view.ts';

/**
 * The messages of the WebSocket protocol, version 5, as the SDK speaks it. `t` tells control ("c")
 * from data ("d"); a data message is a request with a number `r`, an action `a` and a body `b`.
 */
const path = z.string();
const located = z.object({ p: path });
const withData = z.object({ p: path, d: z.unknown() });
const credential = z.object({
  cred: z.string(),
  noauth: z.boolean().optional(),
  authvar: z.record(z.string(), z.unknown()).nullish(),
});
const requestNumber = z.number();

const action = z.discriminatedUnion('a', [
  z.object({ r: requestNumber, a: z.literal('s') }),
  z.object({ r: requestNumber, a: z.literal(['auth', 'gauth']), b: credential }),
  z.object({ r: requestNumber, a: z.literal('unauth') }),
  z.object({ r: requestNumber, a: z.literal(['appcheck', 'unappeck']) }),
  z.object({
    r: requestNumber,
    a: z.literal('q'),
    b: located.extend({
      q: z.unknown().optional(),
      t: z.number().optional(),
      h: z.string().optional(),
    }),
  }),
  z.object({
    r: requestNumber,
    a: z.literal('n'),
    b: located.extend({ t: z.number().optional() }),
  }),
  z.object({ r: requestNumber, a: z.literal('g'), b: located.extend({ q: z.unknown() }) }),
  z.object({
    r: requestNumber,
    a: z.literal(['p', 'm']),
    b: withData.extend({ h: z.string().optional() }),
  }),
  z.object({ r: requestNumber, a: z.literal(['o', 'om', 'oc']), b: withData }),
]);

export const clientMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('c'), d: z.object({ t: z.string() }) }),
  z.object({ t: z.literal('d'), d: action }),
]);

export type Action = z.infer<typeof action>;

/** The first message of a connection: the client waits for it, and takes `h` as its host. */
export function hello(host: string, sessionId: string, now: number): unknown {
  return { t: 'c', d: { t: 'h', d: { ts: now, v: '5', h: host, s: sessionId } } };
}

export function pong(): unknown {
  return { t: 'c', d: { t: 'o', d: null } };
}

export function response(requestNumber: number, status: string, data: unknown): unknown {
  return { t: 'd', d: { r: requestNumber, b: { s: status, d: data } } };
}

/** Pushes what a listener is told; the tag names the query that it is meant for. */
export function push(update: ViewUpdate, tag: number | undefined): unknown {
  const body = { p: formatPath(update.path), d: contentJson(update), ...(tag && { t: tag }) };
  return { t: 'd', d: { a: update.kind === 'merge' ? 'm' : 'd', b: body } };
}

/** Tells a client that it may not listen there any more; a query is named as it was sent. */
export function revokedListener(path: Path, wireQuery: unknown): unknown {
  const body = { p: formatPath(path), ...(wireQuery !== undefined && { q: [wireQuery] }) };
  return { t: 'd', d: { a: 'c', b: body } };
}

function contentJson(update: ViewUpdate): unknown {
  if (update.kind === 'merge') {
    return Object.fromEntries(
      [...update.children].map(([key, node]) => [key, nodeToJson(node, EXPORT)]),
    );
  }
  const { content } = update;
  if (!isWindow(content)) return nodeToJson(content, EXPORT);
  if (content.length === 0) return null;
  return Object.fromEntries(content.map(({ key, node }) => [key, nodeToJson(node, EXPORT)]));
}

function isWindow(content: MaybeNode | QueryWindow): content is QueryWindow {
  return Array.isArray(content);
}
