import type { Redeemed } from './redeem.ts';
import type { Saying } from './words.ts';

const LEAST = 12;

/** What is wrong with what was typed, or undefined. */
export function faultOf(password: string, repeated: string): string | undefined {
  if (password.length < LEAST) {
    return `That is ${password.length} of at least ${LEAST} characters.`;
  }
  if (password !== repeated) return 'The two are not the same. Type the second one again.';
  return undefined;
}

/** For the end of the matter: there is nothing left to type. */
export function endOf(redeemed: { kind: 'done' | 'link_invalid' }): Saying {
  if (redeemed.kind === 'done') {
    return {
      tone: 'good',
      headline: 'Your password is set',
      explanation:
        'Sign in with your e-mail address and this password. Every older session of yours has ended. You can close this page.',
    };
  }
  return {
    tone: 'bad',
    headline: 'This link is not good any more',
    explanation:
      'A link works once and for a limited time, and a newer one replaces it. Ask whoever sent it for a new one.',
  };
}

/** For a page that was opened without a whole link, or loaded again. */
export const NO_LINK: Saying = {
  tone: 'attention',
  headline: 'Open your link again',
  explanation:
    'This page needs the whole link that you were sent, up to its last character. If the page was loaded again, open the link once more: it is still good until it was used.',
};

/** What went wrong although another try may help; undefined where the matter is at its end. */
export function hintOf(redeemed: Redeemed): string | undefined {
  switch (redeemed.kind) {
    case 'password_refused':
      return `The password ${redeemed.reason}.`;
    case 'too_many_tries':
      return `Too many tries from your network. Try again in ${waitOf(redeemed.seconds)}.`;
    case 'silent':
      return 'No answer. Check your connection and try again: if it says that the link is not good any more, the password was set.';
    case 'unexpected':
      return `Aurora could not set the password (status ${redeemed.status}). Try again in a minute.`;
    default:
      return undefined;
  }
}

function waitOf(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
