import { parseArgs } from 'node:util';
import { z } from 'zod';
import { e164Of } from '../access/phone-numbers.ts';
import { LOOPBACK } from '../loopback.ts';
import { UsageError } from './target.ts';

export interface TwilioArguments {
  name: 'setup' | 'check';
  /** E.164, each once. */
  numbers: string[];
  /** Numbers may be taken from whoever else has them. */
  isSure: boolean;
}

/** Undefined where help is asked for. @throws UsageError */
export function readTwilioArguments(args: string[]): TwilioArguments | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      number: { type: 'string', multiple: true, default: [] },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [name, ...rest] = positionals;
  if ((name !== 'setup' && name !== 'check') || rest.length > 0) {
    throw new UsageError('The commands are: setup, check. Each number is given by --number.');
  }
  const numbers = [...new Set(values.number.map(e164))];
  if (name === 'setup' && numbers.length === 0) {
    throw new UsageError('setup needs --number, once for each number.');
  }
  if (name === 'check' && values.yes)
    throw new UsageError('check changes nothing: leave out --yes.');
  return { name, numbers, isSure: values.yes };
}

function e164(text: string): string {
  const number = e164Of(text);
  if (number !== undefined) return number;
  throw new UsageError(`--number ${text} is no number with its country code, such as +1555…`);
}

export interface TwilioSettings {
  publicBaseUrl: string;
  accountSid: string;
  authToken: string;
  apiBaseUrl?: string | undefined;
}

const address = z
  .url({ protocol: /^https?$/, error: 'is no address' })
  .refine((url) => url.startsWith('https:') || LOOPBACK.test(url), 'must begin with https:')
  .transform((url) => url.replace(/\/+$/, ''));

const Settings = z.object({
  PUBLIC_BASE_URL: address,
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, 'is AC and 32 hex digits'),
  /** While it is rotated, the new one and the old one. */
  TWILIO_AUTH_TOKEN: z.string().transform((tokens) => tokens.split(',')[0]?.trim() ?? ''),
  TWILIO_API_BASE_URL: address.optional(),
});

/**
 * The settings of the deployment, by the names that they have there.
 * @throws UsageError that names every one that is missing or wrong, and shows none
 */
export function readTwilioSettings(
  environment: Record<string, string | undefined>,
): TwilioSettings {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const read = Settings.safeParse(Object.fromEntries(present));
  if (read.success) {
    const { data } = read;
    return {
      publicBaseUrl: data.PUBLIC_BASE_URL,
      accountSid: data.TWILIO_ACCOUNT_SID,
      authToken: data.TWILIO_AUTH_TOKEN,
      apiBaseUrl: data.TWILIO_API_BASE_URL,
    };
  }
  const faults = read.error.issues.map(({ path, message, code }) => {
    const name = path.join('.');
    return environment[name] === undefined || code === 'invalid_type'
      ? `${name} is not set`
      : `${name} ${message}`;
  });
  throw new UsageError(`${faults.join('; ')}.`);
}
