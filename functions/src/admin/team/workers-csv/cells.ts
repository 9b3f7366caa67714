import { e164Of } from '../../../access/phone-numbers.ts';
import { isFormula, textOfCell } from '../../exports/csv.ts';
import { harmless } from '../../exports/harmless.ts';
import { Language, Line } from '../fields.ts';
import type { Column } from './columns.ts';
import type { Directory } from './directory.ts';

/** What is wrong with a row, with a sentence that says what to do. */
export interface Fault {
  field: Column | 'row';
  code: string;
  message: string;
}

/** What a cell says of the worker, or why it says nothing. */
export type Reading = { fields: Record<string, string | null> } | { fault: Fault };

const LONGEST_NAME = 120;

export interface ReadingOptions {
  directory: Directory;
  /** E.164, or undefined for what is no number: see readNumbers. */
  numberOf: (text: string) => string | undefined;
}

/** Reads numbers, each of them once: a file is read several times, and this is what takes long. */
export function readNumbers(defaultCountry: string | undefined): ReadingOptions['numberOf'] {
  const known = new Map<string, string | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, e164Of(text, defaultCountry));
    return known.get(text);
  };
}

/** Reads one cell. Empty ones leave nothing behind, but for what a worker must have. */
export function readCell(column: Column, cell: string, options: ReadingOptions): Reading {
  const hidden = hiddenIn(cell.trim());
  if (hidden !== undefined) {
    return fault(
      column,
      'hidden_character',
      `holds the character ${hidden}, which nobody sees. Type it anew, without copying.`,
    );
  }
  if (column !== 'mobile_no' && isFormula(cell)) {
    return fault(
      column,
      'formula',
      'begins like a formula. Write it without the sign in front, or with an apostrophe before it.',
    );
  }
  const text = textOfCell(cell).normalize('NFC').trim();
  switch (column) {
    case 'name':
      return readName(text);
    case 'mobile_no':
      return readNumber(text, options.numberOf);
    case 'site':
      return text === '' ? { fields: { site_id: null } } : readSite(text, options.directory);
    case 'language':
      return text === '' ? { fields: { language: null } } : readLanguage(text);
    case 'supervisor':
      return text === '' ? { fields: { admin_id: null } } : readSupervisor(text, options.directory);
  }
}

function readName(text: string): Reading {
  if (text === '') return fault('name', 'missing', 'is empty. Every worker needs a name.');
  if (text.length > LONGEST_NAME) {
    return fault('name', 'too_long', `is longer than ${LONGEST_NAME} characters. Shorten it.`);
  }
  const name = Line(LONGEST_NAME).safeParse(text);
  if (name.success) return { fields: { name: name.data } };
  return fault('name', 'invalid', 'is no name that can be stored. Type it anew.');
}

function readNumber(text: string, numberOf: ReadingOptions['numberOf']): Reading {
  if (text === '') {
    return fault('mobile_no', 'missing', 'is empty. The worker is known by it when they call.');
  }
  if (/^[\d.,]+e\+?\d+$/i.test(text)) {
    return fault(
      'mobile_no',
      'number_shortened',
      'was shortened by the spreadsheet. Format the column as text, and enter the number anew.',
    );
  }
  const number = numberOf(text);
  if (number !== undefined) return { fields: { mobile_no: number } };
  return fault(
    'mobile_no',
    'invalid_number',
    'must be one with country code that somebody can call from, such as +919812345678.',
  );
}

function readSite(text: string, directory: Directory): Reading {
  const site = directory.siteOf(text);
  if (site === 'ambiguous') {
    return fault(
      'site',
      'ambiguous_site',
      'is the name of several sites. Write the id of the one that is meant, or rename one.',
    );
  }
  if (site !== undefined) return { fields: { site_id: site } };
  return fault(
    'site',
    'unknown_site',
    'is no site of your company. Add the site first, or correct the name.',
  );
}

function readLanguage(text: string): Reading {
  const language = Language.safeParse(canonical(text));
  if (language.success) return { fields: { language: language.data } };
  return fault('language', 'invalid_language', 'must look like en-IN or hi-IN.');
}

function readSupervisor(text: string, directory: Directory): Reading {
  const admin = directory.supervisorOf(text);
  if (admin !== undefined) return { fields: { admin_id: admin } };
  return fault(
    'supervisor',
    'unknown_supervisor',
    'is no supervisor of your company. Write the e-mail address with which they sign in.',
  );
}

/** `EN_in` as `en-IN`. */
function canonical(text: string): string {
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? text;
  } catch {
    return text;
  }
}

/** `U+202E` for the first character that acts without being seen. */
function hiddenIn(text: string): string | undefined {
  const control = /\p{Cc}/u.exec(text)?.[0];
  if (control !== undefined) return codeOf(control);
  if (harmless(text) === text) return undefined;
  if (!text.isWellFormed()) return 'U+FFFD';
  const at = [...text].find((character) => harmless(character) !== character);
  return at === undefined ? undefined : codeOf(at);
}

function codeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${code.padStart(4, '0')}`;
}

function fault(field: Column, code: string, sentence: string): { fault: Fault } {
  return { fault: { field, code, message: `The ${WORDS[field]} ${sentence}` } };
}

const WORDS: Record<Column, string> = {
  name: 'name',
  mobile_no: 'number',
  site: 'site',
  language: 'language',
  supervisor: 'supervisor',
};
