import { nodeBinary } from './node-binary.mjs';
import { run } from './processes.mjs';

/** Photographs the screens of the control room, filled with the demo's calls, into docs/. */
export async function screenshots(flags) {
  return run(nodeBinary(), ['test/browser/screenshots.ts', ...flags]);
}
