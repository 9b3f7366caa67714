import { hash as argon2Hash, verify as argon2Verify, type Options } from '@node-rs/argon2';
import { AuroraError } from '../errors.ts';

/**
 * OWASP's recommendation for Argon2id: 19 MiB, two passes, one thread.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 * The algorithm is the library's default; its enum can't be named under verbatimModuleSyntax.
 */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a random text that was thrown away, with the cost above: nothing is its password. */
export const DUMMY_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$eDkN3pw8Pwp7hcuihS9RHw$5N2vnTRZiPUP1ivCetm1AWE8F2zpbacjHLKBzB6XWt0';

/** Each computation takes 19 MiB and a thread of the pool that file and DNS work also needs. */
const AT_ONCE = 2;

/** Those who come when so many wait already are asked to come back, instead of piling up. */
const MOST_WAITING = 50;

export interface Passwords {
  /** The PHC form, to be stored. */
  hash(password: string): Promise<string>;
  /**
   * Whether this is the password. Without a hash (nobody has this address, or no password was
   * chosen yet) the answer is false and takes as long. Throws 503 `busy` when too many wait.
   */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

export interface PasswordOptions {
  /** Argon2id itself; replaced in tests that count. */
  argon2?: { hash: typeof argon2Hash; verify: typeof argon2Verify };
}

export function createPasswords({
  argon2 = { hash: argon2Hash, verify: argon2Verify },
}: PasswordOptions = {}): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < AT_ONCE) running++;
    else await nextPlace();
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  }

  /** Resolves when whoever finishes hands the place on. */
  function nextPlace(): Promise<void> {
    if (waiting.length >= MOST_WAITING) {
      throw new AuroraError(
        503,
        'busy',
        'Too many people sign in at this moment. Try again in a few seconds.',
      );
    }
    return new Promise((resolve) => waiting.push(resolve));
  }

  return {
    hash: (password) => inTurn(() => argon2.hash(plain(password), COST)),
    verify: async (password, hash) => {
      const matches = await inTurn(() => argon2.verify(hash ?? DUMMY_HASH, plain(password)));
      return matches && hash !== undefined;
    },
  };
}

/** One password typed on two keyboards may arrive in two Unicode forms. */
function plain(password: string): string {
  return password.normalize('NFKC');
}
