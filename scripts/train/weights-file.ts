import { createHash } from 'node:crypto';
import type { Learned } from '../../functions/src/assistant/floor/opinion.ts';
import type { Labelled } from './examples.ts';

/** The text of functions/lexicon/weights.json: a line a weight, the weightiest first. */
export function weightsFile(learned: Learned, rows: readonly Labelled[]): string {
  const table = (name: keyof Learned) => {
    const lines = Array.from(
      learned[name],
      ([key, weights]) => `${JSON.stringify(key)}:${JSON.stringify(weights)}`,
    );
    return `"${name}": {\n${lines.join(',\n')}\n}`;
  };
  const header = {
    about:
      'Made by npm run train; functions/lexicon/README.md tells how to read it. Not to be edited.',
    rows: rows.length,
    fresh: rows.filter(({ fresh }) => fresh).length,
    from: fingerprint(rows),
  };
  const fields = Object.entries(header).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{\n${[...fields, table('trust'), table('words')].join(',\n')}\n}\n`;
}

/** Of everything that was learned from: other rows or labels have another. */
export function fingerprint(rows: readonly Labelled[]): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
