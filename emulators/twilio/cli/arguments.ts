/** The command line of `npm run call`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CallerAction } from '../caller.ts';
import { LOCAL_BASE_URL, LOCAL_CALLER_NUMBER, LOCAL_DEMO_NUMBER } from '../local-account.ts';
import { type LocalAddress, readAddress } from './local-address.ts';
import { parseScenario, parseTypedLine } from './script-lines.ts';

export const HELP = `Calls Aurora, as a worker in danger would.

  npm run call                                talk from the keyboard
  npm run call -- --say "there is a fire"     say something and hang up; may come several times
  npm run call -- --scenario call.json        what a file says (.json, or one line per turn)
  npm run call -- --sms "gas leak in hall 3"  send a text message instead; may come several times

At the keyboard a line is what you say, #1 or /1 presses a key, an empty line is silence, and
Ctrl-C hangs up.

  --say <words>        what to say next          --keys <keys>     keys to press next
  --silent             say nothing next; on its own: for the whole call
  --confidence <0-1>   how well you are heard
  --stt-lang <tag>     the language you speak, such as hi-IN. Aurora's line listens for one language
                       at a time and mishears every other, as a telephone's speech recognition does;
                       untold, only words in a script of their own (Hindi) give themselves away
  --media <type>       what comes with the text message before it, such as image/jpeg
  --from <number>      your number, also "anonymous", "client:x" or ""; ${LOCAL_CALLER_NUMBER}.
                       "whatsapp:+…" texts by WhatsApp
  --to <number>        the number you dial; ${LOCAL_DEMO_NUMBER}
  --chaos [seed]       a bad network: webhooks late, twice and out of order
  --fast               timeouts and pauses pass at once
  --url <url>          where Aurora is; ${LOCAL_BASE_URL}
  --verbose            show every request        --help            this text

Environment: AURORA_URL or AURORA_HOSTING_PORT, AURORA_TWILIO_PORT, TWILIO_ACCOUNT_SID,
TWILIO_AUTH_TOKEN.
`;

export interface CallArguments extends LocalAddress {
  readonly from: string;
  readonly to: string;
  /** Undefined: from the keyboard; `silent`: never says anything. */
  readonly script: readonly CallerAction[] | 'silent' | undefined;
  /** Text messages, one after the other, instead of a call. */
  readonly sms: readonly TypedSms[] | undefined;
  readonly confidence: number | undefined;
  /** BCP 47. */
  readonly sttLanguage: string | undefined;
  readonly chaosSeed: number | undefined;
  readonly fast: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
}

export interface TypedSms {
  readonly body: string;
  readonly media: readonly string[];
}

/** @throws with a sentence for the person who typed it */
export function readArguments(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CallArguments {
  const { values, tokens } = parseArgs({
    args: withChaosSeed(commandLine),
    tokens: true,
    options: {
      say: { type: 'string', multiple: true },
      keys: { type: 'string', multiple: true },
      silent: { type: 'boolean' },
      scenario: { type: 'string' },
      sms: { type: 'string', multiple: true },
      media: { type: 'string', multiple: true },
      from: { type: 'string' },
      to: { type: 'string' },
      confidence: { type: 'string' },
      'stt-lang': { type: 'string' },
      chaos: { type: 'string' },
      fast: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const confidence = values.confidence === undefined ? undefined : Number(values.confidence);
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) {
    throw new Error('--confidence must be a number from 0 to 1');
  }
  const sttLanguage = values['stt-lang'];
  if (sttLanguage !== undefined && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(sttLanguage)) {
    throw new Error(`--stt-lang takes a language such as hi-IN, not "${sttLanguage}"`);
  }
  const address = readAddress(values.url, environment);

  const spoken = tokens.flatMap((token): CallerAction[] => {
    if (token.kind !== 'option') return [];
    if (token.name === 'silent') return [{ silent: true }];
    if (token.name === 'keys') return [{ keys: readKeys(token.value ?? '') }];
    if (token.name !== 'say') return [];
    return [{ say: token.value ?? '', ...(confidence !== undefined && { confidence }) }];
  });
  const onlySilence = spoken.length > 0 && spoken.every((action) => 'silent' in action);
  if (values.scenario !== undefined && spoken.length > 0) {
    throw new Error('--scenario says everything: leave out --say, --keys and --silent');
  }
  const scenario =
    values.scenario === undefined ? undefined : readScenario(values.scenario, confidence);
  const script = scenario?.script ?? (spoken.length > 0 ? spoken : undefined);

  return {
    ...address,
    from: values.from ?? scenario?.from ?? LOCAL_CALLER_NUMBER,
    to: values.to ?? scenario?.to ?? LOCAL_DEMO_NUMBER,
    script: onlySilence ? 'silent' : script,
    sms: readTexts(tokens),
    confidence,
    sttLanguage,
    chaosSeed: values.chaos === undefined ? undefined : Number(values.chaos),
    fast: values.fast,
    verbose: values.verbose,
    help: values.help,
  };
}

/** @throws where something comes with no message */
function readTexts(
  tokens: readonly { kind: string; name?: string; value?: string | undefined }[],
): TypedSms[] | undefined {
  const texts: { body: string; media: string[] }[] = [];
  for (const { name, value = '' } of tokens.filter(({ kind }) => kind === 'option')) {
    if (name === 'sms') texts.push({ body: value, media: [] });
    if (name !== 'media') continue;
    const text = texts.at(-1);
    if (!text) throw new Error('--media comes with a text message: put it after its --sms');
    text.media.push(value);
  }
  return texts.length > 0 ? texts : undefined;
}

function readScenario(path: string, confidence: number | undefined) {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error(`--scenario ${path} can't be read`);
  }
  return parseScenario(path, text, confidence);
}

function readKeys(keys: string): string {
  const action = parseTypedLine(`/${keys}`);
  if ('keys' in action) return action.keys;
  throw new Error(`--keys takes 0 to 9, * and #, not "${keys}"`);
}

/** The seed of --chaos may be left out; parseArgs knows no optional values. */
function withChaosSeed(commandLine: readonly string[]): string[] {
  return commandLine.flatMap((argument, index) => {
    if (argument !== '--chaos') {
      const isSeed = commandLine[index - 1] === '--chaos' && /^\d+$/.test(argument);
      return isSeed ? [] : [argument];
    }
    const next = commandLine[index + 1] ?? '';
    const seed = /^\d+$/.test(next) ? next : String(Math.floor(Math.random() * 1_000_000));
    return [`--chaos=${seed}`];
  });
}
