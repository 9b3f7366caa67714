/** The command line of `npm run phone`. */
import { parseArgs } from 'node:util';
import type { CallerAction } from '../caller.ts';
import { LOCAL_DEMO_NUMBER } from '../local-account.ts';
import { type LocalAddress, readAddress } from './local-address.ts';
import { parseTypedLine } from './script-lines.ts';

export const PHONE_HELP = `A telephone at a number: it rings when Aurora calls, and shows the texts that come.

  npm run phone -- --number +15550100010              from the keyboard
  npm run phone -- --number +15550100010 --press 1    answers every call and presses 1
  npm run phone -- --number +15550100010 --voicemail  a machine answers

At the keyboard Enter answers a call that rings and r rejects it. In a call a line is what you say,
#1 or /1 presses a key, and Ctrl-C hangs up. "sms: on my way" sends a text to whoever wrote last.
Ctrl-C without a call puts the telephone away.

  --number <number>    the number of this telephone, such as +15550100010
  --answer             answer every call at once, and talk from the keyboard
  --press <keys>       answer every call, and press keys      --say <words>   … and say words
                       both may come several times; at their end it hangs up
  --stay               stay on the line and listen instead
  --voicemail          a machine answers every call           --busy          always in a call
  --no-answer          let it ring                            --reject        reject every call
  --to <number>        where texts go before one has come; ${LOCAL_DEMO_NUMBER}
  --stt-lang <tag>     the language you speak, such as hi-IN
  --once               put the telephone away after one call
  --fast               timeouts and pauses pass at once
  --url <url>          where Aurora is                        --verbose       show every request
  --help               this text

Environment: AURORA_URL or AURORA_HOSTING_PORT, AURORA_TWILIO_PORT, TWILIO_ACCOUNT_SID,
TWILIO_AUTH_TOKEN.
`;

/** What the telephone does when it rings: asks whoever is at the keyboard, unless it is told. */
export type Manner = 'ask' | 'answer' | 'script' | 'voicemail' | 'busy' | 'no-answer' | 'reject';

export interface PhoneArguments extends LocalAddress {
  readonly number: string;
  readonly to: string;
  readonly manner: Manner;
  readonly script: readonly CallerAction[];
  readonly stay: boolean;
  readonly sttLanguage: string | undefined;
  readonly once: boolean;
  readonly fast: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** @throws with a sentence for the person who typed it */
export function readPhoneArguments(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): PhoneArguments {
  const { values, tokens } = parseArgs({
    args: [...commandLine],
    tokens: true,
    options: {
      number: { type: 'string', default: '' },
      to: { type: 'string', default: LOCAL_DEMO_NUMBER },
      press: { type: 'string', multiple: true },
      say: { type: 'string', multiple: true },
      answer: { type: 'boolean' },
      voicemail: { type: 'boolean' },
      busy: { type: 'boolean' },
      'no-answer': { type: 'boolean' },
      reject: { type: 'boolean' },
      stay: { type: 'boolean', default: false },
      'stt-lang': { type: 'string' },
      once: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (!values.help && !/^\+?\d{3,15}$/.test(values.number)) {
    throw new Error(`--number takes a number such as +15550100010, not "${values.number}"`);
  }
  const script = tokens.flatMap((token): CallerAction[] => {
    if (token.kind !== 'option') return [];
    if (token.name === 'say') return [{ say: token.value ?? '' }];
    if (token.name !== 'press') return [];
    const action = parseTypedLine(`/${token.value}`);
    if ('keys' in action) return [action];
    throw new Error(`--press takes 0 to 9, * and #, not "${token.value}"`);
  });
  const told = (['answer', 'voicemail', 'busy', 'no-answer', 'reject'] as const).filter(
    (manner) => values[manner] === true,
  );
  if (told.length > 1) throw new Error(`--${told.join(' and --')} are told; one of them can be`);
  if (script.length > 0 && told.some((manner) => manner !== 'answer')) {
    throw new Error(`--${told[0]} answers nothing that --press or --say could be heard by`);
  }
  return {
    ...readAddress(values.url, environment),
    number: values.number,
    to: values.to,
    manner: script.length > 0 ? 'script' : (told[0] ?? 'ask'),
    script,
    stay: values.stay,
    sttLanguage: values['stt-lang'],
    once: values.once,
    fast: values.fast,
    verbose: values.verbose,
    help: values.help,
  };
}
