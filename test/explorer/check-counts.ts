import { conversationId } from '../../functions/src/calls/ids.ts';
import { contributionOf } from '../../functions/src/insights/contribution.ts';
import { type Counts, plus, readCounts } from '../../functions/src/insights/counts.ts';
import { differences } from '../../functions/src/insights/tallies.ts';
import { stored } from '../../functions/src/paths.ts';
import { atOnce } from './network.ts';
import { PRODUCTION, ZONE } from './parts.ts';
import { canonical } from './realtime-database.ts';
import type { World } from './world.ts';

/** The counts say what a count of the archive says: each call once, as it is now (I2, I3). */
export async function countsGoneWrong({ firestore, isCounted }: World): Promise<string[]> {
  if (!isCounted) return [];
  const archive = PRODUCTION.createArchive(
    firestore.client(atOnce, () => false),
    ZONE,
  );
  const expected = new Map<string, Counts>();
  const paths = firestore.paths().filter((path) => firestore.has(path));
  for (const id of paths.flatMap((path) => /^calls\/(.+)$/.exec(path)?.[1] ?? [])) {
    const call = await archive.call(id);
    const words = await archive.conversation(conversationId(id));
    if (!call) continue;
    const contribution = contributionOf(call, words?.messages ?? [], ZONE);
    for (const [path, counts] of differences(undefined, contribution)) {
      expected.set(path, plus(expected.get(path) ?? {}, counts));
    }
  }
  const tallies = paths.filter((path) => path.includes('/tallies/'));
  const wrong = [...new Set([...expected.keys(), ...tallies])].filter((path) => {
    const known = plus({}, readCounts(firestore.get(path)?.counts));
    return canonical(known) !== canonical(expected.get(path) ?? {});
  });
  const left = paths.filter((path) => path.startsWith(`${stored.uncountedCalls}/`));
  return [
    ...wrong.map((path) => `I3: counts are not those of the archive: ${path}`),
    ...left.map((path) => `I2: never counted: ${path}`),
  ];
}
