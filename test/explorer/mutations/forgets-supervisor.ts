import type { Call } from '../../../functions/src/calls/model.ts';
import { live } from '../../../functions/src/paths.ts';
import { type Parts, PRODUCTION } from '../parts.ts';

/** The call does not keep what a supervisor said, so an earlier turn that comes late raises it. */
export const forgetsSupervisor: Parts = {
  ...PRODUCTION,
  createMirror: (options) => {
    const { database } = options;
    return PRODUCTION.createMirror({
      ...options,
      database: {
        ...database,
        compareAndSet: (path, etag, value) =>
          path.startsWith(live.calls)
            ? database.compareAndSet(path, etag, withoutSupervisor(value as Call))
            : database.compareAndSet(path, etag, value),
      },
    });
  },
};

function withoutSupervisor(call: Call): Call {
  const { supervisor: _, ...by } = call.urgency_by;
  return { ...call, urgency_by: by };
}
