import type { Path } from './engine/path.ts';

interface Place<T> {
  readonly listeners: Set<T>;
  readonly children: Map<string, Place<T>>;
}

/** Listeners by location, so that a write costs what it touches and not what is listened to. */
export interface ListenerTree<T> {
  /** Returns the function that takes the listener out again. */
  add(path: Path, listener: T): () => void;
  /** The listeners at, above and below a location. */
  touchedBy(path: Path): Generator<T>;
}

export function createListenerTree<T>(): ListenerTree<T> {
  const root: Place<T> = newPlace();

  return { add, touchedBy };

  function add(path: Path, listener: T): () => void {
    let place = root;
    for (const segment of path) {
      let child = place.children.get(segment);
      if (!child) {
        child = newPlace();
        place.children.set(segment, child);
      }
      place = child;
    }
    place.listeners.add(listener);
    return () => removeFrom(root, path, listener);
  }

  function* touchedBy(path: Path): Generator<T> {
    let place: Place<T> | undefined = root;
    for (const segment of path) {
      yield* place.listeners;
      place = place.children.get(segment);
      if (!place) return;
    }
    yield* allIn(place);
  }
}

function newPlace<T>(): Place<T> {
  return { listeners: new Set(), children: new Map() };
}

function* allIn<T>(place: Place<T>): Generator<T> {
  yield* place.listeners;
  for (const child of place.children.values()) yield* allIn(child);
}

/** Takes out the listener and the places that hold nothing any more. */
function removeFrom<T>(place: Place<T>, path: Path, listener: T): void {
  const [segment, ...rest] = path;
  if (segment === undefined) {
    place.listeners.delete(listener);
    return;
  }
  const child = place.children.get(segment);
  if (!child) return;
  removeFrom(child, rest, listener);
  if (child.listeners.size === 0 && child.children.size === 0) place.children.delete(segment);
}
