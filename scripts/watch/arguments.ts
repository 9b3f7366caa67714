import { parseArgs } from 'node:util';
import { LOCAL_BASE_URL } from '../../emulators/twilio/local-account.ts';
import { CALL_ID, CONVERSATION_ID } from '../../functions/src/calls/ids.ts';
import { UsageError } from '../../functions/src/operations/target.ts';

export const HELP = `Follows calls as they happen, as a supervisor.

  npm run watch -- <conversation_id>   what is said in one call, until it is over
  npm run watch                        the live calls that you may see

  --email ADDRESS    who you are; for the local suite: admin@example.com
  --base-url URL     where Aurora is; ${LOCAL_BASE_URL}
  --help             this text

The password is asked for, or taken from AURORA_PASSWORD; for the local suite it is known. Ctrl-C
ends. Exit codes: 0 the call is over, or you ended it; 1 it can't be followed; 2 wrong usage.
`;

export interface WatchArguments {
  baseUrl: string;
  /** Absent: the list of live calls. */
  conversationId: string | undefined;
  email: string;
  /** Absent: it is asked for. */
  password: string | undefined;
  help: boolean;
}

/** Of the local suite's seed; no other address is ever sent them unasked. */
const LOCAL_SUPERVISOR = { email: 'admin@example.com', password: 'password' };

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** @throws UsageError, or parseArgs' own error */
export function readArguments(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): WatchArguments {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    allowPositionals: true,
    options: {
      email: { type: 'string' },
      'base-url': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { AURORA_HOSTING_PORT: port } = environment;
  const local = port ? `http://127.0.0.1:${port}` : LOCAL_BASE_URL;
  const baseUrl = (values['base-url'] ?? local).replace(/\/+$/, '');
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new UsageError('--base-url is an http or https address, such as https://ID.web.app.');
  }
  const { protocol, hostname } = new URL(baseUrl);
  const isLocal = LOOPBACK.has(hostname);
  if (!isLocal && protocol !== 'https:') {
    throw new UsageError('--base-url must begin with https: it is sent your password.');
  }
  const email = values.email ?? (isLocal ? LOCAL_SUPERVISOR.email : undefined);
  if (email === undefined && !values.help) {
    throw new UsageError('Say who you are with --email ADDRESS.');
  }
  const isKnown = isLocal && email === LOCAL_SUPERVISOR.email;
  return {
    baseUrl,
    conversationId: readId(positionals),
    email: email ?? '',
    password: environment.AURORA_PASSWORD || (isKnown ? LOCAL_SUPERVISOR.password : undefined),
    help: values.help,
  };
}

/** A call's id names its conversation, too. */
function readId([id, ...rest]: string[]): string | undefined {
  if (rest.length > 0) throw new UsageError('One conversation at a time.');
  if (id === undefined) return undefined;
  const conversationId = CALL_ID.test(id) ? id.replace('call_', 'conv_') : id;
  if (CONVERSATION_ID.test(conversationId)) return conversationId;
  throw new UsageError(
    'That is no conversation id: it looks like conv_15550100001_20251004_143000_0a1b2c.',
  );
}
