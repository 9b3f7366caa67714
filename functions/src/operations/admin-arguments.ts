import { parseArgs } from 'node:util';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { normalizeEmail } from '../access/admin-record.ts';
import { COMPANY_ID } from '../access/companies.ts';
import { e164Of } from '../access/phone-numbers.ts';
import { Line } from '../admin/team/fields.ts';
import { UsageError } from './target.ts';

const CompanyId = z.string().regex(COMPANY_ID, 'is 1 to 64 letters, digits, - and _');
const Email = z.string().transform(normalizeEmail).pipe(z.email('is no e-mail address').max(254));
const Zone = z
  .string()
  .refine((name) => IANAZone.isValidZone(name), 'is no IANA zone, such as Asia/Kolkata');
const PhoneNumber = z.string().transform((text, context) => {
  const number = e164Of(text);
  if (number !== undefined) return number;
  context.addIssue({
    code: 'custom',
    message: 'is no number with its country code, such as +1555…',
  });
  return z.NEVER;
});

/** The flags that each command needs or takes, by their names on the command line. */
const COMMANDS = {
  create: z.strictObject({
    company: CompanyId,
    name: Line(200),
    email: Email,
    'admin-name': Line(200),
    'time-zone': Zone.optional(),
    number: PhoneNumber.optional(),
    move: z.boolean().default(false),
  }),
  link: z.strictObject({ email: Email, 'clear-totp': z.boolean().default(false) }),
  number: z.strictObject({
    company: CompanyId,
    number: PhoneNumber,
    move: z.boolean().default(false),
  }),
  operator: z.strictObject({ email: Email, state: z.enum(['on', 'off']) }),
  list: z.strictObject({}),
  insights: z.strictObject({
    action: z.enum(['check', 'rebuild']),
    company: CompanyId,
    from: z.iso.date('is no day, such as 2026-11-03').optional(),
    to: z.iso.date('is no day, such as 2026-11-03').optional(),
  }),
};
type Commands = typeof COMMANDS;

/** A command with its checked flags. */
export type AdminCommand = {
  [N in keyof Commands]: { name: N; flags: z.infer<Commands[N]> };
}[keyof Commands];

export interface AdminArguments {
  command: AdminCommand;
  target: { project?: string | undefined; databaseUrl?: string | undefined };
  baseUrl?: string | undefined;
}

/** Commands that take a word after their name, and the flag that it is taken for. */
const WORDS = new Map([
  ['operator', { as: 'state', of: ['on', 'off'] }],
  ['insights', { as: 'action', of: ['check', 'rebuild'] }],
]);

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Undefined where help is asked for. @throws UsageError */
export function readAdminArguments(args: string[]): AdminArguments | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      company: text,
      name: text,
      email: text,
      'admin-name': text,
      'time-zone': text,
      number: text,
      from: text,
      to: text,
      move: flag,
      'clear-totp': flag,
      project: text,
      'database-url': text,
      'base-url': text,
      help: flag,
    },
  });
  const { project, 'database-url': databaseUrl, 'base-url': baseUrl, help, ...flags } = values;
  if (help) return undefined;
  const [name = '', ...rest] = positionals;
  const word = WORDS.get(name);
  const isSaid = word?.of.includes(rest[0] ?? '') ?? false;
  if (!Object.hasOwn(COMMANDS, name) || rest.length > (isSaid ? 1 : 0)) {
    throw new UsageError(
      'The commands are: create, link, number, operator on|off, list, insights check|rebuild.',
    );
  }
  if (word && !isSaid) {
    throw new UsageError(`Say ${word.of.map((one) => `${name} ${one}`).join(', or ')}.`);
  }
  return {
    command: checked(name as keyof Commands, word ? { ...flags, [word.as]: rest[0] } : flags),
    target: { project, databaseUrl },
    baseUrl,
  };
}

function checked(name: keyof Commands, flags: object): AdminCommand {
  const result = COMMANDS[name].safeParse({ ...flags });
  if (result.success) return { name, flags: result.data } as AdminCommand;
  const faults = result.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `${name} does not take --${issue.keys.join(', --')}`;
    const isMissing = !Object.hasOwn(flags, String(issue.path[0]));
    return isMissing
      ? `${name} needs --${issue.path.join('.')}`
      : `--${issue.path.join('.')} ${issue.message}`;
  });
  throw new UsageError(`${faults.join('; ')}.`);
}

/**
 * Where links lead, without a trailing slash.
 * @throws UsageError
 */
export function readBaseUrl(given: string | undefined, isLocal: boolean): string {
  const protocol = isLocal ? /^https?$/ : /^https$/;
  const url = z.url({ protocol }).safeParse(given);
  if (url.success) return url.data.replace(/\/+$/, '');
  throw new UsageError(
    'Links need --base-url with the https address of your Hosting site, such as https://ID.web.app.',
  );
}
