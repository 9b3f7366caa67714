import MiniSearch from 'minisearch';
import type { Pack } from '../manual/packs.ts';
import type { Passage } from '../manual/passages.ts';
import { contentWords } from './words.ts';

/** A passage that was found for some words. */
export interface Found {
  passage: Passage;
  /** 0 to 1. */
  score: number;
}

interface Document {
  id: number;
  question: string;
  title: string;
}

interface Index {
  documents: MiniSearch<Document>;
  questionTerms: readonly number[];
}

/** The share of the caller's words that a passage must know; below it there is no answer. */
const COVERAGE = 0.6;
/** Without context, the share of the passage's question that the caller must have said, */
const QUESTION_COVERAGE = 0.34;
/** and how many of its words: one word is no question. */
const LEAST_TERMS = 2;
/** A longer question is judged by its first words, to bound the work. */
const MAX_TERMS = 16;

const indexes = new WeakMap<Pack, Index>();

/**
 * The passage that answers a question, tolerant of misspelt and cut words; undefined where none
 * does. `hazard` is what is being talked about.
 */
export function findAnswer(pack: Pack, question: string, hazard?: string): Found | undefined {
  const terms = [...new Set(contentWords(question))].slice(0, MAX_TERMS);
  if (terms.length === 0) return undefined;
  const { documents, questionTerms } = indexOf(pack);
  const results = documents.search(terms.join(' ')).flatMap(({ id, queryTerms, match }) => {
    const passage = pack.passages[id] as Passage;
    const score = new Set(queryTerms).size / terms.length;
    const known = Object.values(match).filter((fields) => fields.includes('question')).length;
    const asked = known / (questionTerms[id] ?? 1);
    return score < COVERAGE ? [] : [{ passage, score, asked, terms: new Set(queryTerms).size }];
  });
  return (
    results.find(({ passage }) => passage.document === hazard && !needsContext(passage)) ??
    results.find(({ passage }) => passage.document === hazard) ??
    results.find(
      ({ passage, asked, terms: said }) =>
        !needsContext(passage) && said >= LEAST_TERMS && asked >= QUESTION_COVERAGE,
    )
  );
}

/** The passages that have to do with some words, the best first. */
export function findPassages(pack: Pack, words: string, hazard?: string): Found[] {
  const found = findAnswer(pack, words, hazard);
  return found ? [found] : [];
}

/** Only where its hazard is being talked about: "Do not move them" is no answer elsewhere. */
function needsContext({ kind }: Passage): boolean {
  return kind === 'step' || kind === 'warning';
}

function indexOf(pack: Pack): Index {
  const known = indexes.get(pack);
  if (known) return known;
  const documents = new MiniSearch<Document>({
    fields: ['question', 'title'],
    tokenize: contentWords,
    processTerm: (term) => term,
    searchOptions: {
      boost: { question: 2 },
      prefix: (term) => term.length >= 4,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
    },
  });
  const asked = pack.passages.map((passage) => passage.question || passage.text);
  documents.addAll(
    pack.passages.map(({ title }, id) => ({ id, question: asked[id] as string, title })),
  );
  const index = {
    documents,
    questionTerms: asked.map((question) => new Set(contentWords(question)).size),
  };
  indexes.set(pack, index);
  return index;
}
