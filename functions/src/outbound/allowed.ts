import { planned } from './number-plan.ts';
import type { Purpose } from './outbound.ts';

/** What is known of a number that somebody is about to be reached by. */
export interface Asked {
  /** Without a channel's prefix. */
  to: string;
  purpose: Purpose;
  /** Whether a worker or admin of the company has it. */
  isPerson: boolean;
  /** The caller's own number and the one that was dialled, as the call has them. */
  caller: string | undefined;
  dialled: string | undefined;
  /** Countries of callers; empty: that of the dialled number. */
  countries: readonly string[];
  /** The company's emergency numbers. */
  emergencyNumbers: readonly string[];
}

export type Verdict = 'allowed' | { refused: 'not_allowed' | 'no_number'; reason: string };

/**
 * Whom Aurora may reach: people of the company, and the caller where they called from, in a country
 * that was allowed. A number that somebody merely said is neither. No purpose allows a number that
 * is costly; the emergency number is dialled as it was set, short or not.
 */
export function judge(asked: Asked): Verdict {
  const { to, purpose } = asked;
  if (purpose === 'emergency') {
    return asked.emergencyNumbers.includes(to) ? 'allowed' : no('not_allowed', 'not_emergency');
  }
  const plan = planned(to);
  if (!plan) return no('no_number', 'not_a_telephone');
  if (plan.costly) return no('not_allowed', 'costly');
  if (asked.isPerson) return 'allowed';
  if (purpose !== 'caller') return no('not_allowed', 'nobody_of_the_company');
  if (to !== asked.caller) return no('not_allowed', 'not_the_caller');
  if (plan.country === undefined) return no('not_allowed', 'no_country');
  return countriesOf(asked).includes(plan.country)
    ? 'allowed'
    : no('not_allowed', 'country_not_allowed');
}

function countriesOf({ countries, dialled }: Asked): readonly string[] {
  if (countries.length > 0) return countries;
  const own = dialled === undefined ? undefined : planned(dialled)?.country;
  return own === undefined ? [] : [own];
}

function no(refused: 'not_allowed' | 'no_number', reason: string): Verdict {
  return { refused, reason };
}
