import { z } from 'zod';
import type { Commit } from './database.ts';
import { DatabaseError } from './engine/errors.ts';
import { childrenOf, equalNodes, getAt, type MaybeNode } from './engine/node.ts';
import { ascending } from './engine/ordered-map.ts';
import { formatPath, type Path } from './engine/path.ts';

type EventKind = 'created' | 'updated' | 'deleted' | 'written';
const EVENT_PREFIX = 'google.firebase.database.ref.v1.';

/** A function that wants to hear of changes. */
export interface Trigger {
  /** The name under which the functions emulator knows it; ends in a generation number. */
  key: string;
  projectId: string;
  location: string;
  kind: EventKind;
  matchesNamespace: (namespace: string) => boolean;
  segments: readonly ((segment: string) => boolean)[];
}

/** One change that a trigger must be told about. */
export interface TriggerEvent {
  trigger: Trigger;
  namespace: string;
  /** The location, without a leading slash. */
  ref: string;
  type: string;
  before: MaybeNode;
  after: MaybeNode;
}

/** What firebase-tools posts for a second-generation function. */
const registration = z.object({
  name: z
    .string()
    .regex(/^projects\/[^/]+\/locations\/[^/]+\/triggers\/[^/]+$/, 'not a v2 trigger name'),
  path: z.string(),
  event: z.templateLiteral([EVENT_PREFIX, z.enum(['created', 'updated', 'deleted', 'written'])]),
  namespacePattern: z.string().min(1),
});

export interface TriggerRegistry {
  /**
   * Adds a trigger, in place of its older generations.
   * @throws DatabaseError invalid_data, for first-generation functions too.
   */
  register(bundle: unknown): void;
  eventsOf(commit: Commit): TriggerEvent[];
}

export function createTriggerRegistry(): TriggerRegistry {
  const triggers = new Map<string, Trigger>();

  return {
    register(bundle) {
      const parsed = registration.safeParse(bundle);
      if (!parsed.success) {
        throw new DatabaseError(
          'invalid_data',
          `Only second-generation database triggers are supported: ${z.prettifyError(parsed.error)}`,
        );
      }
      const { name, path, event, namespacePattern } = parsed.data;
      const [, projectId, , location, , key] = name.split('/') as [string, ...string[]] &
        Record<1 | 3 | 5, string>;
      triggers.set(name.replace(/-\d+$/, ''), {
        key,
        projectId,
        location,
        kind: event.slice(EVENT_PREFIX.length) as EventKind,
        matchesNamespace: segmentMatcher(namespacePattern),
        segments: path.split('/').filter(Boolean).map(segmentMatcher),
      });
    },
    eventsOf: (commit) => [...triggers.values()].flatMap((trigger) => eventsFor(trigger, commit)),
  };
}

function eventsFor(trigger: Trigger, commit: Commit): TriggerEvent[] {
  const { namespace } = commit;
  if (!trigger.matchesNamespace(namespace)) return [];
  const refs = new Map<string, Path>();
  for (const change of commit.changes) {
    for (const ref of refsIn(trigger, change.path, commit)) refs.set(formatPath(ref), ref);
  }
  const events: TriggerEvent[] = [];
  for (const [ref, path] of refs) {
    const before = getAt(commit.before, path);
    const after = getAt(commit.after, path);
    if (equalNodes(before, after)) continue;
    const kind = !before ? 'created' : !after ? 'deleted' : 'updated';
    if (trigger.kind !== 'written' && trigger.kind !== kind) continue;
    const type = `${EVENT_PREFIX}${trigger.kind}`;
    events.push({ trigger, namespace, ref, type, before, after });
  }
  return events;
}

/**
 * The locations of the trigger that a write at `written` can have changed: the one that it lies
 * in, or, when the write is above, all those below it that hold something before or after.
 */
function* refsIn(trigger: Trigger, written: Path, commit: Commit): Generator<Path> {
  const depth = Math.min(written.length, trigger.segments.length);
  const top = written.slice(0, depth);
  if (top.every((segment, index) => trigger.segments[index]?.(segment))) {
    yield* refsBelow(trigger, top, getAt(commit.before, top), getAt(commit.after, top));
  }
}

function* refsBelow(
  trigger: Trigger,
  path: Path,
  before: MaybeNode,
  after: MaybeNode,
): Generator<Path> {
  const matches = trigger.segments[path.length];
  if (!matches) {
    yield path;
    return;
  }
  const keys = new Set<string>();
  for (const [key] of ascending(childrenOf(before))) keys.add(key);
  for (const [key] of ascending(childrenOf(after))) keys.add(key);
  for (const key of keys) {
    if (!matches(key)) continue;
    const child = [...path, key];
    yield* refsBelow(trigger, child, getAt(before, [key]), getAt(after, [key]));
  }
}

/** "{id}" and "*" match any one segment, "{id=call-*}" and "call-*" those that begin so. */
function segmentMatcher(pattern: string): (segment: string) => boolean {
  const glob = /^\{[^}=]*(?:=(.+))?\}$/.exec(pattern);
  const text = glob ? (glob[1] ?? '*') : pattern;
  if (text.includes('**') || text.includes('/')) {
    throw new DatabaseError('invalid_data', `A trigger's pattern "${pattern}" is not supported.`);
  }
  const source = text
    .split('*')
    .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
    .join('.*');
  const expression = new RegExp(`^${source}$`, 's');
  return (segment) => expression.test(segment);
}
