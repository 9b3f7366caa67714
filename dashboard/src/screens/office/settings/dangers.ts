import type { CompanyFields } from './company-fields.ts';

/** A change that takes something from somebody, to be confirmed before it is made. */
export type Danger =
  | 'visibility'
  | 'retention'
  | 'second_factor'
  | 'dial_emergency'
  | 'call_back'
  | 'time_zone';

/** What a change of the settings would do that can't be undone, or that people would feel at once. */
export function dangersOf(known: CompanyFields, edited: CompanyFields): Danger[] {
  const dangers: [Danger, boolean][] = [
    ['visibility', known.visibility === 'company' && edited.visibility === 'own'],
    ['retention', isShorter(known.retention_days, edited.retention_days)],
    ['second_factor', !known.require_totp && edited.require_totp],
    ['dial_emergency', !known.dial_emergency && edited.dial_emergency],
    ['call_back', known.call_back && !edited.call_back],
    ['time_zone', known.time_zone !== edited.time_zone && known.rota.length > 0],
  ];
  return dangers.filter(([, isThere]) => isThere).map(([danger]) => danger);
}

/** Null keeps calls for ever. */
function isShorter(before: number | null, after: number | null): boolean {
  return after !== null && (before === null || after < before);
}
