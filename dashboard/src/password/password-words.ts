import type { Saying } from '../status/words.ts';
import type { PasswordTexts } from '../texts/password.ts';
import type { Redeemed } from './redeem.ts';

const LEAST = 12;

/** What is wrong with what was typed, or undefined. */
export function faultOf(
  password: string,
  repeated: string,
  texts: PasswordTexts,
): string | undefined {
  if (password.length < LEAST) return texts.short(password.length, LEAST);
  return password === repeated ? undefined : texts.different;
}

/** For the end of the matter: there is nothing left to type. */
export function endOf({ kind }: { kind: 'done' | 'link_invalid' }, texts: PasswordTexts): Saying {
  return kind === 'done' ? { tone: 'good', ...texts.done } : { tone: 'bad', ...texts.linkInvalid };
}

/** For a page that was opened without a whole link, or loaded again. */
export function noLink(texts: PasswordTexts): Saying {
  return { tone: 'attention', ...texts.noLink };
}

/** What went wrong although another try may help; undefined where the matter is at its end. */
export function hintOf(redeemed: Redeemed, texts: PasswordTexts): string | undefined {
  switch (redeemed.kind) {
    case 'password_refused':
      return texts.refused(texts.reasons[redeemed.reason] ?? redeemed.reason);
    case 'too_many_tries':
      return texts.tooManyTries(waitOf(redeemed.seconds, texts));
    case 'silent':
      return texts.silent;
    case 'unexpected':
      return texts.unexpected(redeemed.status);
    default:
      return undefined;
  }
}

function waitOf(seconds: number, texts: PasswordTexts): string {
  if (seconds < 60) return seconds === 1 ? texts.second : texts.seconds(seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? texts.minute : texts.minutes(minutes);
}
