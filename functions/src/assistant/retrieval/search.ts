import MiniSearch from 'minisearch';
import { tokenize } from '../floor/words.ts';
import type { Manuals, Procedure } from '../manual/manual.ts';

/** A passage of the manual that answers a question, with the placeholder still in it. */
export interface Passage {
  procedure: Procedure;
  answer: string;
}

interface Document {
  id: number;
  hazard: string;
  title: string;
  question: string;
  /** Only where its hazard is being talked about: "Do not move them" is no answer elsewhere. */
  needsContext: boolean;
  questionTerms: number;
}

/** The share of the caller's words that a passage must know; below it there is no answer. */
const COVERAGE = 0.6;
/** Without context, the share of the passage's question that the caller must have said, */
const QUESTION_COVERAGE = 0.34;
/** and how many of its words: one word is no question. */
const LEAST_TERMS = 2;
/** A longer question is judged by its first words, to bound the work. */
const MAX_TERMS = 16;

/**
 * Looks questions up in the manual, tolerant of misspelt and cut words. MiniSearch's BM25 says
 * which passage is best; whether it is an answer at all is decided by coverage, because a score
 * does not say that something is good. What callers call a hazard is the lexicon's business: it
 * arrives here as `hazard`, the context of the question.
 */
export function createManualSearch(manuals: Manuals): {
  find(question: string, hazard?: string): Passage | undefined;
} {
  const passages: Passage[] = [];
  const documents: Document[] = [];
  for (const procedure of manuals.procedures.values()) {
    for (const { question, answer } of procedure.answers) add(procedure, question, answer, false);
    for (const text of [...procedure.steps, ...procedure.warnings]) {
      add(procedure, text, text, true);
    }
  }

  const index = new MiniSearch<Document>({
    fields: ['question', 'title'],
    storeFields: ['hazard', 'needsContext', 'questionTerms'],
    tokenize: contentWords,
    processTerm: (term) => term,
    searchOptions: {
      boost: { question: 2 },
      prefix: (term) => term.length >= 4,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
    },
  });
  index.addAll(documents);

  return { find };

  function find(question: string, hazard?: string): Passage | undefined {
    const terms = [...new Set(contentWords(question))].slice(0, MAX_TERMS);
    if (terms.length === 0) return undefined;
    const results = index.search(terms.join(' ')).filter(({ queryTerms }) => {
      return new Set(queryTerms).size / terms.length >= COVERAGE;
    });
    const best =
      results.find((result) => result.hazard === hazard && !result.needsContext) ??
      results.find((result) => result.hazard === hazard) ??
      results.find(({ needsContext, questionTerms, queryTerms, match }) => {
        const known = Object.values(match).filter((fields) => fields.includes('question')).length;
        return (
          !needsContext &&
          new Set(queryTerms).size >= LEAST_TERMS &&
          known / questionTerms >= QUESTION_COVERAGE
        );
      });
    return best && passages[best.id as number];
  }

  function add(
    procedure: Procedure,
    question: string,
    answer: string,
    needsContext: boolean,
  ): void {
    const { id: hazard, title } = procedure;
    const questionTerms = new Set(contentWords(question)).size;
    documents.push({ id: passages.length, hazard, title, question, needsContext, questionTerms });
    passages.push({ procedure, answer });
  }
}

const STOP_WORDS = new Set(
  `a an the i you he she it we they me my your his her our us them this that these those there here is are was were be
  been am do does did doing done have has had can could should would will must may might to of in on at for from with
  by and or but if so as not no what which who how when where why please tell say says said about manual procedure
  give get got need want know now just any some many much very also then than into out up down all one ok okay yes
  kya hai karna chahiye ke mein se ka ki ko agar kaise que el la los las un una en de con por hago hacer debo si help
  him her them his my your our next aurora question happen happens happened happening means mean thing things something somebody someone people person`.split(
    /\s+/,
  ),
);

/** The words of a question that say what it is about. */
export function contentWords(text: string): string[] {
  return tokenize(text)
    .map(({ word }) => word)
    .filter((word) => !STOP_WORDS.has(word));
}
