import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createTotp, TotpCode } from './totp.ts';

const realtimeDatabase = useRealtimeDatabase();

/** The secret and times of RFC 6238, appendix B; its codes have eight digits, ours the last six. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const STEP = 30_000;
const START = 1_111_111_109_000;

function setUp() {
  let time = START;
  const database = realtimeDatabase.emptyDatabase();
  const totp = createTotp({ database, now: () => time });
  const at = (moment: number) => {
    time = moment;
  };
  const codeAt = (moment: number) => TOTP.generate({ secret: secretOf(SECRET), timestamp: moment });
  return { totp, at, codeAt, use: (code: string, id = 'asha') => totp.use(id, SECRET, code) };
}

function secretOf(base32: string) {
  return new TOTP({ secret: base32 }).secret;
}

describe('a code', () => {
  it.each([
    [59_000, '287082'],
    [1_111_111_109_000, '081804'],
    [1_234_567_890_000, '005924'],
    [20_000_000_000_000, '353130'],
  ])('of RFC 6238 at %d is right', async (moment, code) => {
    const { at, use } = setUp();
    at(moment);
    expect(await use(code)).toBe(true);
  });

  it('is right one step early or late, and no more', async () => {
    for (const [drift, expected] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const { use, codeAt } = setUp();
      expect([drift, await use(codeAt(START + drift * STEP))]).toEqual([drift, expected]);
    }
  });

  it('can’t be used again, and neither can an older one', async () => {
    const { use, codeAt, at } = setUp();
    expect(await use(codeAt(START))).toBe(true);
    expect(await use(codeAt(START))).toBe(false);
    expect(await use(codeAt(START - STEP))).toBe(false);
    at(START + STEP);
    expect(await use(codeAt(START))).toBe(false);
    expect(await use(codeAt(START + STEP))).toBe(true);
  });

  it('that is used twice at once is right once', async () => {
    const { use, codeAt } = setUp();
    const answers = await Promise.all(Array.from({ length: 4 }, () => use(codeAt(START))));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('of one person uses up nobody else’s', async () => {
    const { use, codeAt } = setUp();
    expect(await use(codeAt(START), 'asha')).toBe(true);
    expect(await use(codeAt(START), 'omar')).toBe(true);
  });

  it('that is wrong uses nothing up', async () => {
    const { use, codeAt } = setUp();
    const wrong = codeAt(START) === '000000' ? '000001' : '000000';
    expect(await use(wrong)).toBe(false);
    expect(await use(codeAt(START))).toBe(true);
  });
});

describe('setting up', () => {
  it('makes a secret of 160 bits, another each time', () => {
    const { totp } = setUp();
    const [first, second] = [totp.newSecret(), totp.newSecret()];
    expect(first).toMatch(/^[A-Z2-7]{32}$/);
    expect(second).not.toBe(first);
  });

  it('gives apps an address that they understand', () => {
    const uri = new URL(setUp().totp.uri(SECRET, 'a+b@steel.example'));
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(uri.pathname)).toBe('/Aurora:a+b@steel.example');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Aurora',
      secret: SECRET,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });

  it.each(['123 456', ' 123456 ', '123456'])('takes the code %j', (typed) => {
    expect(TotpCode.parse(typed)).toBe('123456');
  });

  it.each(['', '12345', '1234567', '12345a', '１２３４５６'])('does not take %j', (typed) => {
    expect(TotpCode.safeParse(typed).success).toBe(false);
  });
});
