import { contains, type Path } from './engine/path.ts';
import type { Write } from './engine/write.ts';

/** What a client wants written when its connection ends. */
export interface OnDisconnect {
  /** Writes that are to be applied as one step. */
  add(writes: readonly Write[]): void;
  /** Forgets everything at and below a location. */
  cancel(path: Path): void;
  /** The steps in the order in which they were asked for; forgets them. */
  take(): Write[][];
}

export function createOnDisconnect(): OnDisconnect {
  let steps: Write[][] = [];

  return {
    add: (writes) => void steps.push([...writes]),
    cancel(path) {
      steps = steps
        .map((writes) => writes.filter((write) => !contains(path, write.path)))
        .filter((writes) => writes.length > 0);
    },
    take() {
      const taken = steps;
      steps = [];
      return taken;
    },
  };
}
