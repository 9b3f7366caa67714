interface Listenable<Snapshot> {
  onSnapshot(onNext: (snapshot: Snapshot) => void, onError: (error: Error) => void): () => void;
}

/** The snapshots of a listener, to be awaited one after the other. */
export interface Snapshots<Snapshot> {
  /** The next snapshot that satisfies the condition; rejects when the listener fails. */
  next(condition?: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  stop(): void;
}

export function listenTo<Snapshot>(source: Listenable<Snapshot>): Snapshots<Snapshot> {
  const received: Snapshot[] = [];
  let failure: Error | undefined;
  let wake = () => {};
  const stop = source.onSnapshot(
    (snapshot) => {
      received.push(snapshot);
      wake();
    },
    (error) => {
      failure = error;
      wake();
    },
  );

  async function next(condition: (snapshot: Snapshot) => boolean = () => true): Promise<Snapshot> {
    for (;;) {
      while (received.length > 0) {
        const snapshot = received.shift() as Snapshot;
        if (condition(snapshot)) return snapshot;
      }
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return { next, stop };
}
