const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/**
 * Makes keys that sort by the time of their making, as REST's POST does: 8 characters of
 * milliseconds, then 12 random ones that count upwards within one millisecond.
 * https://firebase.blog/posts/2015/02/the-2120-ways-to-ensure-unique_68
 * @param random gives numbers from 0 (inclusive) to 1 (exclusive).
 */
export function createPushIds(now: () => number, random: () => number): () => string {
  let lastTime = -1;
  let digits: number[] = [];
  return () => {
    const time = Math.max(now(), lastTime);
    if (time !== lastTime) {
      digits = Array.from({ length: 12 }, () => Math.floor(random() * 64));
      lastTime = time;
    } else if (digits.every((digit: number) => digit === 63)) {
      digits = digits.map(() => 0);
      lastTime = time + 1;
    } else {
      digits = increment(digits);
    }
    const characters = [...timeDigits(lastTime), ...digits].map((digit) => ALPHABET[digit]);
    return characters.join('');
  };
}

function timeDigits(time: number): number[] {
  return Array.from({ length: 8 }, (_, index) => Math.floor(time / 64 ** (7 - index)) % 64);
}

function increment(digits: readonly number[]): number[] {
  const next = [...digits];
  let at = next.length - 1;
  while (next[at] === 63) next[at--] = 0;
  next[at] = (next[at] ?? 0) + 1;
  return next;
}
