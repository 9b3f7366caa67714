import { AuroraError } from '../errors.ts';
import type { PhoneNumber, PhoneNumbers } from '../twilio/phone-numbers.ts';
import {
  type Difference,
  differences,
  leadsHere,
  settingsFor,
  takenFromOthers,
} from './number-settings.ts';
import type { TestRequests } from './test-requests.ts';

export interface TwilioOperationsOptions {
  numbers: PhoneNumbers;
  requests: TestRequests;
  publicBaseUrl: string;
  /** Whether a number may be taken from what it leads to now. */
  mayTake: (number: string, from: readonly Difference[]) => Promise<boolean>;
}

/** What became of one number. */
export interface Pointed {
  number: PhoneNumber;
  changes: Difference[];
  /** The company that its calls belong to. */
  company: string;
}

export interface Drift {
  number: PhoneNumber;
  differences: Difference[];
}

/** Points numbers at a deployment, and says where they are not pointed at it any more. */
export function createTwilioOperations(options: TwilioOperationsOptions) {
  const { numbers, requests, publicBaseUrl, mayTake } = options;
  const needs = settingsFor(publicBaseUrl);

  async function found(number: string): Promise<PhoneNumber> {
    const known = await numbers.find(number);
    if (known) return known;
    throw new AuroraError(
      404,
      'unknown_number',
      `The account has no number ${number}: buy it first, or take the account that has it.`,
    );
  }

  return {
    /** What keeps Twilio from being served by the deployment; empty when nothing does. */
    faults: () => requests.faults(),

    /**
     * Points one number. Undefined where it was not taken from somebody else.
     * @throws AuroraError where Twilio refuses, or has something else afterwards
     */
    async point(wanted: string): Promise<Pointed | undefined> {
      const number = await found(wanted);
      if (!number.takesCalls) {
        throw new AuroraError(
          409,
          'no_calls',
          `${wanted} takes no calls at Twilio: buy one that does.`,
        );
      }
      const changes = differences(number.settings, needs);
      const others = takenFromOthers(changes, publicBaseUrl);
      if (others.length > 0 && !(await mayTake(wanted, others))) return undefined;
      const company = await requests.companyOf(wanted);
      if (changes.length === 0) return { number, changes, company };
      const to = Object.fromEntries(changes.map(({ name, after }) => [name, after]));
      await numbers.update(number.sid, to);
      const after = await found(wanted);
      const left = differences(after.settings, needs);
      if (left.length > 0) {
        const names = left.map(({ name }) => name).join(', ');
        throw new AuroraError(502, 'not_kept', `Twilio has not kept ${names} of ${wanted}.`);
      }
      return { number: after, changes, company };
    },

    /** Of the numbers that are named; else of all that lead here in anything. */
    async drift(named: readonly string[]): Promise<Drift[]> {
      const all =
        named.length > 0
          ? await Promise.all(named.map(found))
          : (await numbers.list()).filter((number) => leadsHere(number, publicBaseUrl));
      return all.map((number) => ({ number, differences: differences(number.settings, needs) }));
    },
  };
}

export type TwilioOperations = ReturnType<typeof createTwilioOperations>;
