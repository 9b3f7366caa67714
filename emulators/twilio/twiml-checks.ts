/** Checks of attributes, which verbs and nouns share. */

export type Check = (value: string, attributes: Readonly<Record<string, string>>) => boolean;
/** With Twilio's number for a bad value, where it has one of its own. */
export type Rule = { readonly check: Check; readonly code?: number };

export const anything: Rule = { check: () => true };
export const boolean: Rule = { check: (value) => value === 'true' || value === 'false' };
export const wholeNumber: Rule = { check: (value) => /^\d+$/.test(value) };
export const positive: Rule = { check: (value) => /^\d+$/.test(value) && Number(value) > 0 };
export const method: Rule = { check: (value) => value === 'GET' || value === 'POST' };
export const url: Rule = { check: (value) => value.trim() !== '' };
export const language: Rule = { check: (value) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value) };
export const voice: Rule = {
  check: (value) => /^(man|woman|alice|Polly\.[\w-]+|Google\.[\w-]+)$/.test(value),
};
export const oneOf = (...values: string[]): Rule => ({ check: (value) => values.includes(value) });
export const coded = (rule: Rule, code: number): Rule => ({ ...rule, code });
