import type { Response } from 'express';
import type { Answer } from '../admin/route.ts';
import { SSE_HEADERS } from './open-streams.ts';
import type { Lease } from './shared.ts';

/** Keeps what was taken until the stream is over. */
export type Hold = <V>(lease: Lease<V>) => V;

/** Begins to write; what is thrown here can't become an answer any more. */
export type Begin = (response: Response) => Promise<void> | void;

/**
 * Whatever a stream takes while it is admitted is given back when it is refused, and when the response
 * is over, whoever ended it; also where the client has gone before the first byte.
 */
export async function holding(admit: (hold: Hold) => Promise<Begin>): Promise<Answer> {
  const releases: (() => void)[] = [];
  const releaseAll = () => {
    for (const release of releases.splice(0).reverse()) release();
  };
  try {
    const begin = await admit(({ value, release }) => {
      releases.push(release);
      return value;
    });
    return {
      headers: SSE_HEADERS,
      async write(response) {
        if (response.destroyed) return releaseAll();
        response.once('close', releaseAll);
        await begin(response);
      },
    };
  } catch (error) {
    releaseAll();
    throw error;
  }
}
