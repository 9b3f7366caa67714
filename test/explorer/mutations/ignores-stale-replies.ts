import { type Parts, PRODUCTION } from '../parts.ts';

/** Aurora's reply of an older epoch shows up, and the caller is not sent on again. */
export const ignoresStaleReplies: Parts = {
  ...PRODUCTION,
  createStaleReplies: () => async () => {},
};
