/**
 * The API's sentences are English. A failure is told in the language of the page where its code is
 * known; the words are loaded with the first failure, or before it by whoever foresees one.
 */
const load = () => import('../texts/failures.ts');

/** `code` in the page's language, or `sentence` where nobody has words for it or they can't be loaded. */
export async function failureWords(code: string, sentence: string): Promise<string> {
  const language = pageLanguage();
  const texts = await Promise.race([load().catch(() => undefined), givenUp()]);
  return texts?.failureTexts[language].get(code) ?? sentence;
}

interface Fields {
  fields?: { path: string; message: string }[];
}

/** What is wrong with single fields, in the page's language. */
export async function detailWords(details: unknown): Promise<unknown> {
  const language = pageLanguage();
  const { fields } = (details ?? {}) as Fields;
  if (language === 'en' || !Array.isArray(fields)) return details;
  const texts = await Promise.race([load().catch(() => undefined), givenUp()]);
  if (!texts) return details;
  const told = fields.map((field) => ({
    ...field,
    message: texts.fieldFault(field.message, language),
  }));
  return { ...(details as Fields), fields: told };
}

/** A page that is offline can load no words to say so. */
export function foreseeFailures(): void {
  void load().catch(() => undefined);
}

/** Milliseconds: a failure is told, in whatever words, rather than waited for. */
const PATIENCE = 2_000;

function givenUp(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, undefined));
}

function pageLanguage(): 'en' | 'hi' {
  return globalThis.document?.documentElement.lang === 'hi' ? 'hi' : 'en';
}
