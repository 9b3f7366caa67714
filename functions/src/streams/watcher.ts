import type { Observed } from './observed.ts';
import type { OpenStream } from './stream.ts';
import type { Standing } from './token-access.ts';

/** Somebody who watches, with what they may see at this moment. */
export interface Watcher {
  stream: OpenStream;
  standing: Observed<Standing>;
}
