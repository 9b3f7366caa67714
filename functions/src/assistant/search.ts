import MiniSearch from 'minisearch';
import { HAZARDS } from './lexicon.ts';
import type { Manuals, Procedure } from './manual.ts';
import { tokenize } from './words.ts';

/** A passage of the manual that answers a question. */
export interface Passage {
  procedure: Procedure;
  /** The words to speak, with the placeholder; absent when the procedure's steps are the answer. */
  answer?: string;
}

interface Document {
  id: number;
  hazard: string;
  title: string;
  question: string;
  text: string;
  also: string;
}

/** Share of the question's words that a passage must know; below it there is no answer. */
const COVERAGE = 0.6;
/** A longer question is judged by its first words, to bound the work. */
const MAX_TERMS = 16;

/**
 * Looks questions up in the manual, tolerant of misspelt and cut words. Ranking is MiniSearch's
 * BM25; whether there is an answer at all is decided by coverage, because a score says which
 * passage is best but not that it is good.
 */
export function createManualSearch(manuals: Manuals): {
  find(question: string, hazard?: string): Passage | undefined;
} {
  const passages: Passage[] = [];
  const documents: Document[] = [];
  for (const procedure of manuals.procedures.values()) {
    const cues = HAZARDS.find(({ hazard }) => hazard === procedure.id);
    const also = plainWords(`${cues?.critical ?? ''} ${cues?.urgent ?? ''}`);
    add({ procedure }, '', [...procedure.steps, ...procedure.warnings].join(' '), also);
    for (const { question, answer } of procedure.answers) {
      add({ procedure, answer }, question, answer, '');
    }
  }

  const index = new MiniSearch<Document>({
    fields: ['question', 'title', 'also', 'text'],
    storeFields: ['hazard'],
    tokenize: contentWords,
    processTerm: (term) => term,
    searchOptions: {
      boost: { question: 4, title: 3, also: 1 },
      prefix: (term) => term.length >= 4,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
    },
  });
  index.addAll(documents);

  return { find };

  function find(question: string, hazard?: string): Passage | undefined {
    const terms = [...new Set(contentWords(question))].slice(0, MAX_TERMS);
    if (terms.length === 0) return undefined;
    const results = index.search(terms.join(' '), {
      boostDocument: (_id, _term, stored) => (stored?.hazard === hazard ? 2 : 1),
    });
    const best = results.find(
      ({ queryTerms, match }) =>
        new Set(queryTerms).size / terms.length >= COVERAGE &&
        Object.values(match).some((fields) => fields.some((field) => field !== 'text')),
    );
    return best && passages[best.id as number];
  }

  function add(passage: Passage, question: string, text: string, also: string): void {
    const { id: hazard, title } = passage.procedure;
    documents.push({ id: passages.length, hazard, title, question, text, also });
    passages.push(passage);
  }
}

const STOP_WORDS = new Set(
  `a an the i you he she it we they me my your his her our us them this that these those there here is are was were be
  been am do does did doing done have has had can could should would will must may might to of in on at for from with
  by and or but if so as not no what which who how when where why please tell say says said about manual procedure
  give get got need want know now just any some many much very also then than into out up down all one ok okay yes
  kya hai karna chahiye ke mein se ka ki ko agar kaise que el la los las un una en de con por hago hacer debo si help
  next aurora question happen happens happened happening means mean thing things something somebody someone people person`.split(
    /\s+/,
  ),
);

function contentWords(text: string): string[] {
  return tokenize(text)
    .map(({ word }) => word)
    .filter((word) => !STOP_WORDS.has(word));
}

/** The lexicon's phrases as mere words: what callers call the hazard. */
function plainWords(phrases: string): string {
  return phrases.replace(/@\w+|[|*?,.]/g, ' ');
}
