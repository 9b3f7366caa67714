import type { Database } from './database.ts';
import type { Path } from './engine/path.ts';
import type { Query } from './engine/query.ts';
import type { ViewUpdate } from './engine/view.ts';

export interface ListenRequest {
  path: Path;
  /** As it was sent. */
  wireQuery: unknown;
  query: Query | undefined;
  /** Names the query in what is pushed to it; untagged listeners see a whole location. */
  tag: number | undefined;
}

/** What one client listens to. */
export interface ConnectionListeners {
  /** Replaces the client's listener of the same name, and sends the present content at once. */
  start(request: ListenRequest, send: (update: ViewUpdate) => void): void;
  stop(path: Path, tag: number | undefined): void;
  stopAll(): void;
  /** Stops those that are not allowed any more, and returns them. */
  stopForbidden(isAllowed: (path: Path) => boolean): ListenRequest[];
}

export function createConnectionListeners(database: Database): ConnectionListeners {
  const listeners = new Map<string, { request: ListenRequest; stop: () => void }>();

  return { start, stop, stopAll, stopForbidden };

  function start(request: ListenRequest, send: (update: ViewUpdate) => void): void {
    stop(request.path, request.tag);
    const stopListening = database.listen(request.path, request.query, send);
    listeners.set(idOf(request.path, request.tag), { request, stop: stopListening });
  }

  function stop(path: Path, tag: number | undefined): void {
    const id = idOf(path, tag);
    listeners.get(id)?.stop();
    listeners.delete(id);
  }

  function stopAll(): void {
    for (const { request } of [...listeners.values()]) stop(request.path, request.tag);
  }

  function stopForbidden(isAllowed: (path: Path) => boolean): ListenRequest[] {
    const forbidden = [...listeners.values()]
      .map(({ request }) => request)
      .filter(({ path }) => !isAllowed(path));
    for (const { path, tag } of forbidden) stop(path, tag);
    return forbidden;
  }
}

/** Of untagged listeners a client has one per location. */
function idOf(path: Path, tag: number | undefined): string {
  return tag === undefined ? `/${path.join('/')}` : `tag ${tag}`;
}
