import { type Parts, PRODUCTION } from '../parts.ts';

/** A lease that has ended is left as it is. */
export const neverLapses: Parts = {
  ...PRODUCTION,
  createHolding: (options) => ({
    ...PRODUCTION.createHolding(options),
    lapse: async () => false,
  }),
};
