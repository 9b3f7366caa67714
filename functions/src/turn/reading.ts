/** Something that is being read while other work goes on. */
export interface Reading<T> {
  /** What it is, where it has come by now. */
  now(): T | undefined;
  /** Undefined where it could not be read, or has not come after so many milliseconds. */
  within(milliseconds: number): Promise<T | undefined>;
}

/** Never rejects: whoever reads beside a conversation goes on without it. */
export function reading<T>(work: Promise<T>): Reading<T> {
  let come: T | undefined;
  const settled = work.then(
    (value) => {
      come = value;
    },
    () => {},
  );
  return {
    now: () => come,
    async within(milliseconds) {
      let timer: NodeJS.Timeout | undefined;
      const pause = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      });
      await Promise.race([settled, pause]);
      clearTimeout(timer);
      return come;
    },
  };
}
