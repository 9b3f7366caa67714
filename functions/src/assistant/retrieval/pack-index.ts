import { doubleMetaphone } from 'double-metaphone';
import MiniSearch from 'minisearch';
import type { Pack } from '../manual/packs.ts';
import { contentWords } from './words.ts';

interface Document {
  id: number;
  question: string;
  title: string;
  text: string;
}

/** The passages of one pack, as the search compares them. */
export interface Index {
  search: MiniSearch<Document>;
  /** What each word of the pack is worth: seldom ones say more. */
  worth: ReadonlyMap<string, number>;
  /** What a word is worth that the pack does not know. */
  unknown: number;
  bySound: ReadonlyMap<string, readonly string[]>;
  /** The worth of a passage's own question: its words. */
  asked: readonly (readonly string[])[];
}

const indexes = new WeakMap<Pack, Index>();

/** Makes the pack's index ahead of the first question: it takes some tens of milliseconds. */
export function prepareSearch(pack: Pack): void {
  indexOf(pack);
}

/** Made at the first question, and kept as long as the pack is. */
export function indexOf(pack: Pack): Index {
  const known = indexes.get(pack);
  if (known) return known;
  const index = build(pack);
  indexes.set(pack, index);
  return index;
}

function build(pack: Pack): Index {
  const occurrences = new Map<string, number>();
  const asked: string[][] = [];
  const documents = pack.passages.map((passage, id): Document => {
    const { question, text, document } = passage;
    const title = `${passage.title} ${pack.procedures.get(document)?.spoken ?? ''}`;
    const terms = {
      question: contentWords(question),
      title: contentWords(title),
      text: contentWords(text),
    };
    asked.push([...new Set(terms.question)]);
    for (const term of new Set([...terms.question, ...terms.title, ...terms.text])) {
      occurrences.set(term, (occurrences.get(term) ?? 0) + 1);
    }
    return {
      id,
      question: terms.question.join(' '),
      title: terms.title.join(' '),
      text: terms.text.join(' '),
    };
  });
  const worthOf = (count: number) => Math.log(1 + documents.length / count);
  const worth = new Map([...occurrences].map(([term, count]) => [term, worthOf(count)]));
  const search = new MiniSearch<Document>({
    fields: ['question', 'title', 'text'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
    searchOptions: {
      boost: { question: 3, title: 2 },
      prefix: (term) => !worth.has(term) && term.length >= 5,
      fuzzy: (term) => (worth.has(term) || term.length < 4 ? false : term.length < 8 ? 1 : 2),
    },
  });
  search.addAll(documents);
  const bySound = new Map<string, string[]>();
  for (const term of worth.keys()) {
    const sound = soundOf(term);
    if (sound) bySound.set(sound, [...(bySound.get(sound) ?? []), term]);
  }
  return { search, worth, unknown: worthOf(1), bySound, asked };
}

/** How a word sounds in English; empty for short and for other ones. */
export function soundOf(word: string): string {
  return /^[a-z]{4,}$/.test(word) ? doubleMetaphone(word)[0] : '';
}
