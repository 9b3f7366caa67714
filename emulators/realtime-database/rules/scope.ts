import type { MaybeNode } from '../engine/node.ts';
import type { Path } from '../engine/path.ts';

/** Whom a rule sees as `auth`: an object of JSON, or null for somebody who has not signed in. */
export type Auth = Readonly<Record<string, unknown>> | null;

/** What a rule is evaluated against. */
export interface Scope {
  auth: Auth;
  /** Milliseconds since 1970. */
  now: number;
  /** The whole tree as it is: `root`, and at the rule's location `data`. */
  root: MaybeNode;
  /** The whole tree as the write would leave it: at the rule's location `newData`. */
  newRoot: () => MaybeNode;
  /** The rule's own location, with the names that its wildcards stand for. */
  path: Path;
}

/** `data`, `newData` or `root`, or a place that was reached from one of them. */
export interface Snapshot {
  tree: MaybeNode;
  path: Path;
}

/** A rule that can't be evaluated on this data, such as `null < 5`: it grants nothing. */
export class EvaluationError extends Error {}
