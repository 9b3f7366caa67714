import { z } from 'zod';
import { CALL_ID, INCIDENT_ID, incidentId } from '../calls/ids.ts';
import { Timestamp } from '../calls/model.ts';
import { instant } from '../calls/times.ts';

/** Milliseconds between the beginnings of two calls that are of one incident. */
export const TOGETHER = 10 * 60_000;

/** How long a call that becomes urgent late may still be joined with those that began with it. */
const KEPT = 12 * 60 * 60_000;
/** Calls of one site that are kept; beyond them the oldest go. */
const MOST_KEPT = 400;

const OpenCall = z.object({
  /** When the call began. */
  at: Timestamp,
  /** The incident that the call was told last. */
  told: z.string().regex(INCIDENT_ID).optional(),
  /** The lost call whose caller is back in this one: both are of one incident, however late. */
  follows: z.string().regex(CALL_ID).optional(),
});

/** `open_incidents/{company}/{site}`: the urgent calls of a site, by their ids. */
export const OpenCalls = z.record(z.string().regex(CALL_ID), OpenCall);
export type OpenCalls = z.infer<typeof OpenCalls>;

/**
 * The incident of each call: calls that began within ten minutes of each other are of one, a call and
 * the lost one that it follows are, and so are all calls of a chain of such pairs. The least id of a
 * chain names it, those that were told before included: so whichever call comes first, and whatever
 * was forgotten since, all of them end in one.
 */
export function incidentsOf(calls: OpenCalls): Map<string, { incident: string; calls: string[] }> {
  const found = new Map<string, { incident: string; calls: string[] }>();
  for (const chain of chainsOf(calls)) {
    const ids = chain.flatMap((id) => [incidentId(id), calls[id]?.told ?? incidentId(id)]);
    const incident = ids.reduce((least, id) => (id < least ? id : least));
    for (const id of chain) found.set(id, { incident, calls: chain });
  }
  return found;
}

function chainsOf(calls: OpenCalls): string[][] {
  const chains: string[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [id, { at }] of byBeginning(calls)) {
    const began = instant(at);
    if (began - before <= TOGETHER) chains.at(-1)?.push(id);
    else chains.push([id]);
    before = began;
  }
  return Object.entries(calls).reduce(
    (known, [id, { follows }]) => (follows === undefined ? known : tied(known, id, follows)),
    chains,
  );
}

/** The chains of these two calls are one; where one of them is forgotten, nothing changes. */
function tied(chains: string[][], id: string, other: string): string[][] {
  const both = chains.filter((chain) => chain.includes(id) || chain.includes(other));
  if (both.length < 2) return chains;
  return [...chains.filter((chain) => !both.includes(chain)), both.flat()];
}

function byBeginning(calls: OpenCalls) {
  return Object.entries(calls).sort(
    ([a, one], [b, other]) => instant(one.at) - instant(other.at) || (a < b ? -1 : 1),
  );
}

/** Without those that nothing can be joined with any more. */
export function prune(calls: OpenCalls, now: number): OpenCalls {
  const kept = byBeginning(calls).filter(([, { at }]) => now - instant(at) < KEPT);
  return Object.fromEntries(kept.slice(-MOST_KEPT));
}
