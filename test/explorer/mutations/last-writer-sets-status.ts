import type { Call, CallEvent } from '../../../functions/src/calls/model.ts';
import { live } from '../../../functions/src/paths.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** Each batch writes the status as it knows it: ENDED with a `call_ended`, ACTIVE without one. */
export const lastWriterSetsStatus: Parts = {
  ...PRODUCTION,
  createMirror: (options) => ({
    apply: (batch) => {
      const { database } = options;
      return PRODUCTION.createMirror({
        ...options,
        database: {
          ...database,
          compareAndSet: (path, etag, value) =>
            path.startsWith(live.calls)
              ? database.compareAndSet(path, etag, asKnownTo(batch, value as Call))
              : database.compareAndSet(path, etag, value),
        },
      }).apply(batch);
    },
  }),
};

function asKnownTo(batch: readonly CallEvent[], call: Call): Partial<Call> {
  if (batch.some(({ type }) => type === 'call_ended')) return call;
  const { ended_at: _, end_reason: __, ...open } = call;
  return { ...open, status: 'ACTIVE' };
}
