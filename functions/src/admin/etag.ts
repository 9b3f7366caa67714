import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AuroraError } from '../errors.ts';

/** A strong ETag of what is stored: the same fields give the same one, in whatever order they are. */
export function etagOf(value: unknown): string {
  const hash = createHash('sha256').update(canonical(value)).digest('base64url');
  return `"${hash.slice(0, 27)}"`;
}

const ETAG = '(?:W/)?"[\\x21\\x23-\\x7e]*"';

/** The header of changes that must not undo what somebody else has changed meanwhile. */
export const IfMatch = z.object({
  'if-match': z
    .string()
    .max(1_000)
    .regex(new RegExp(`^(?:\\*|${ETAG}(?: *, *${ETAG})*)$`), 'must be an ETag, with its quotes')
    .optional()
    .meta({
      description:
        'The ETag of the version that you know: nothing is changed (412) when there is a newer one. Without it, or with *, the change is made in any case.',
    }),
});

/** Told of answers that have one. */
export const ETAG_HEADER = { ETag: 'Names this version: send it as If-Match with a change.' };

/**
 * Throws 412 `changed_meanwhile` where the header names other versions than this one. A proxy that
 * compresses answers marks their ETags as weak; ours name what is stored, so they count all the same.
 */
export function requireUnchanged(ifMatch: string | undefined, stored: unknown): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const known = ifMatch.split(',').map((etag) => etag.trim().replace(/^W\//, ''));
  if (known.includes(etagOf(stored))) return;
  throw new AuroraError(
    412,
    'changed_meanwhile',
    'Somebody else has changed this since you read it. Read it again, then repeat your change.',
  );
}

/** JSON with the keys in order; what JSON leaves out (undefined) is left out here too. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
