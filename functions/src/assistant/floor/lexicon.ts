import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Urgency } from '../../calls/model.ts';
import type { WordClasses } from './phrase-language.ts';

/** What an entry about context means for the danger words beside it; the lexicon's README explains each. */
export const MEANINGS = [
  'idiom',
  'negator',
  'negation filler',
  'bare no filler',
  'negator behind',
  'after negator behind',
  'past',
  'recent',
  'past verb',
  'present',
  'resolved',
  'person resolved',
  'fire resolved',
  'closed',
  'well',
  'awake',
  'not awake',
  'not resolved',
  'turn',
  'drill',
  'not drill',
  'about',
  'asking',
  'question opener',
  'before a question',
  'errand',
  'definite',
  'telling',
  'plea',
  'sign',
  'strong sign',
  'call for help',
  'around a call for help',
  'danger words',
  'real words',
] as const;
export type Meaning = (typeof MEANINGS)[number];

interface Shared {
  /** The file, relative to the lexicon, and the entry's name: what a test or an error points at. */
  where: string;
  phrases: string;
  /** Lines that must be judged as the entry says, and lines that must not. */
  examples: readonly string[];
  not: readonly string[];
}

export interface HazardEntry extends Shared {
  hazard: string;
  urgency: Exclude<Urgency, 'NORMAL'>;
  /** Words that count when nothing else is said: "gas!" */
  alone: string;
  /** A cue of this hazard that overlaps one of these phrases does not count: "fire extinguisher". */
  except: string;
}

export interface ContextEntry extends Shared {
  meaning: Meaning;
}

/** One thing said, and the words that speech recognition hears instead. */
export interface MisheardEntry {
  heard: string;
  meant: string;
}

export interface Lexicon {
  /** Ids of the hazards in the order of help: the first goes first among equals. */
  order: readonly string[];
  /** Those that a person's body suffers; a drill does not explain them away. */
  body: ReadonlySet<string>;
  hazards: readonly HazardEntry[];
  context: readonly ContextEntry[];
  classes: WordClasses;
  misheard: readonly MisheardEntry[];
}

/** A file of the lexicon that can't be read; the deployment must not go on without it. */
export class LexiconError extends Error {
  readonly code = 'lexicon_invalid';
}

const FIELD = /^(Hazard|Urgency|Meaning|Class|Phrases|Alone|Except|Examples|Not|Heard as): ?(.*)$/;

interface Entry {
  where: string;
  fields: Map<string, string[]>;
}

/** Entries of one file, each with its fields; a field's value is the rest of its line or its list. */
function parseEntries(name: string, text: string): Entry[] {
  const entries: Entry[] = [];
  let list: string[] | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const here = `${name}:${index + 1}`;
    const field = FIELD.exec(line);
    if (line.startsWith('## ')) {
      entries.push({ where: `${name}: ${line.slice(3).trim()}`, fields: new Map() });
      list = undefined;
    } else if (field) {
      const [, key = '', value = ''] = field;
      const entry = entries.at(-1);
      if (!entry) throw new LexiconError(`${here}: begin an entry with ## and its name`);
      if (entry.fields.has(key)) throw new LexiconError(`${here}: ${key} stands twice`);
      list = value === '' ? [] : [value.trim()];
      entry.fields.set(key, list);
    } else if (line.startsWith('- ')) {
      if (!list) throw new LexiconError(`${here}: a list needs a field such as Phrases: above it`);
      list.push(line.slice(2).trim());
    } else if (line.trim() !== '' && entries.length > 0) {
      throw new LexiconError(`${here}: write a field, or a list item that begins with "- "`);
    }
  }
  return entries;
}

/** @throws {LexiconError} naming the file and what is wrong with it */
export function parseLexicon(files: ReadonlyMap<string, string>): Lexicon {
  const hazards: HazardEntry[] = [];
  const context: ContextEntry[] = [];
  const classes: Record<string, string> = {};
  const misheard: MisheardEntry[] = [];
  const order: string[] = [];
  const body = new Set<string>();
  for (const [name, text] of files) {
    if (name === 'hazards.md') {
      for (const [, id = '', kind] of text.matchAll(/^\d+\. ([a-z-]+)( \(body\))?$/gm)) {
        order.push(id);
        if (kind) body.add(id);
      }
      continue;
    }
    for (const { where, fields } of parseEntries(name, text)) {
      const one = (key: string) => fields.get(key)?.[0] ?? '';
      const all = (key: string) => (fields.get(key) ?? []).join('\n');
      const shared = {
        where,
        phrases: all('Phrases'),
        examples: fields.get('Examples') ?? [],
        not: fields.get('Not') ?? [],
      };
      if (fields.has('Hazard')) {
        const urgency = one('Urgency');
        if (urgency !== 'CRITICAL' && urgency !== 'URGENT')
          throw new LexiconError(`${where}: Urgency must be CRITICAL or URGENT`);
        hazards.push({
          ...shared,
          hazard: one('Hazard'),
          urgency,
          alone: all('Alone'),
          except: all('Except'),
        });
      } else if (fields.has('Class')) {
        const words = all('Phrases').replaceAll(',', ' ');
        classes[one('Class')] = `${classes[one('Class')] ?? ''} ${words}`;
      } else if (fields.has('Heard as')) {
        misheard.push({ meant: where.slice(where.indexOf(': ') + 2), heard: all('Heard as') });
      } else {
        const meaning = MEANINGS.find((known) => known === one('Meaning'));
        if (!meaning)
          throw new LexiconError(`${where}: needs a Hazard, a Class, a Meaning or Heard as`);
        context.push({ ...shared, meaning });
      }
    }
  }
  for (const { hazard, where } of hazards) {
    if (!order.includes(hazard))
      throw new LexiconError(`${where}: hazards.md does not list ${hazard}`);
  }
  return { order, body, hazards, context, classes, misheard };
}

/** `functions/lexicon`, seen from `functions/src/assistant/floor` and `functions/lib/assistant/floor`. */
const SHIPPED = fileURLToPath(new URL('../../../lexicon/', import.meta.url));

/**
 * Reads every file synchronously; meant for start-up.
 *
 * @throws {LexiconError} for a file that is not in the form of the lexicon
 */
export function loadLexicon(directory: string = SHIPPED): Lexicon {
  const files = new Map<string, string>();
  const read = (name: string) => files.set(name, readFileSync(`${directory}/${name}`, 'utf8'));
  read('hazards.md');
  for (const language of readdirSync(directory)
    .filter((name) => /^[a-z]{2,3}$/.test(name))
    .sort()) {
    for (const name of readdirSync(`${directory}/${language}`).sort()) {
      if (name.endsWith('.md')) read(`${language}/${name}`);
    }
  }
  return parseLexicon(files);
}

export const LEXICON = loadLexicon();
export const CLASSES = LEXICON.classes;

/** Every hazard, in the order of help. */
export const HAZARDS: readonly { hazard: string }[] = LEXICON.order.map((hazard) => ({ hazard }));
