import type { Manual } from '../../../api/types.ts';
import type { ManualsSearch } from './search.ts';
import { standingOf } from './standing.ts';

/** What the list shows of a company's own manuals. */
export function filtered(manuals: readonly Manual[], search: ManualsSearch): Manual[] {
  const words = (search.q ?? '').toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return manuals.filter((manual) => {
    const text = `${manual.id} ${manual.title} ${manual.source}`.toLocaleLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      isOne(search.state, standingOf(manual)) &&
      isOne(search.language, manual.language) &&
      isOne(search.kind, manual.kind) &&
      (search.author === undefined || manual.authors.some(({ id }) => id === search.author))
    );
  });
}

function isOne(wanted: string | undefined, found: string): boolean {
  return wanted === undefined || wanted === found;
}

/** Everybody who has written one of these, by name. */
export function authorsOf(manuals: readonly Manual[]): { id: string; name: string }[] {
  const all = new Map(manuals.flatMap(({ authors }) => authors.map(({ id, name }) => [id, name])));
  return [...all]
    .map(([id, name]) => ({ id, name }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
