import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toNode } from '../engine/arbitraries.ts';
import { compileExpression } from './expression.ts';
import type { Scope } from './scope.ts';

const SIGNED_IN = {
  uid: 'u1',
  token: { admin: true, level: 3, company: 'plant', firebase: { sign_in_provider: 'custom' } },
};

const SCOPE: Scope = {
  auth: SIGNED_IN,
  now: 1_000,
  root: toNode({
    calls: { c1: { owner: 'u1', urgency: 2, open: true, parts: { a: 1, b: 2 } } },
    members: { u1: true },
  }),
  newRoot: () => toNode({ calls: { c1: { owner: 'u2' } } }),
  path: ['calls', 'c1'],
};

const WRITE = { operation: 'write', wildcards: new Map([['$call', 1]]) } as const;
const READ = { ...WRITE, operation: 'read' } as const;

const grants = (text: string, scope: Partial<Scope> = {}) =>
  compileExpression(text, WRITE)({ ...SCOPE, ...scope });

describe('a rule', () => {
  test.each([
    'true',
    '!false',
    'auth != null',
    'auth !== null && null != auth',
    'auth.uid === "u1"',
    "auth.uid == 'u1'",
    'auth.token.admin',
    'auth.token.admin === true',
    'auth.token.level >= 3 && auth.token.level < 4',
    'auth.token["company"] == "plant"',
    'auth.token.firebase.sign_in_provider == "custom"',
    'auth.token.missing == null',
    'now == 1000 && now > 999.5 && -1 < now',
    '$call === "c1"',
    '"b" > "a" && "a" <= "a"',
    'false || (true && !(1 == 2))',
    'data.exists() && root.exists() && newData.exists()',
    'data.child("owner").val() === auth.uid',
    'newData.child("owner").val() == "u2"',
    'data.parent().child($call).child("owner").isString()',
    'data.child("urgency").isNumber() && data.child("open").isBoolean()',
    'data.child("open").val()',
    'data.hasChildren() && data.hasChildren(["owner", "urgency"])',
    '!data.hasChildren(["owner", "nothing"]) && !data.child("owner").hasChildren()',
    'data.hasChild("parts/a") && !data.hasChild("parts/c")',
    'root.child("members").child(auth.uid).val() === true',
    'root.child("members").hasChild(auth.uid)',
    'data.child("parts").val() != null && data.child("parts").val() != "x"',
    'data.child("nothing").val() == null && !data.child("nothing").exists()',
    'data.child("parts").parent().child("owner").exists()',
  ])('grants by %s', (text) => {
    expect(grants(text)).toBe(true);
  });

  test.each([
    'false',
    'auth == null',
    'auth.uid != "u1"',
    'auth.token.level',
    'auth.token.constructor != null || auth.token.toString != null || auth.token.__proto__ != null',
    '1 === 2 || now < 5',
    'data.child("parts").val() == data.child("parts").val()',
    '1 == auth.token.admin',
  ])('does not grant by %s', (text) => {
    expect(grants(text)).toBe(false);
  });

  test.each([
    ['a comparison of different types', '!(auth.token.company < 5)'],
    ['a comparison with nothing', '!(data.child("nothing").val() < 5)'],
    ['something else than a boolean in a condition', '!auth.token.company || true'],
    ['a parent of the root', '!root.parent().exists()'],
    ['a name that is no text', '!data.child(auth.token.level).exists()'],
    ['a name that no child can have', '!data.child(auth.token.firebase).exists()'],
  ])('with %s grants nothing, however it goes on', (_, text) => {
    expect(grants(text)).toBe(false);
  });

  test('sees nobody as null, and so all that is asked of nobody', () => {
    const nobody = { auth: null };
    expect(grants('auth == null', nobody)).toBe(true);
    expect(grants('auth != null', nobody)).toBe(false);
    expect(grants('auth.uid == null && auth.token.admin == null', nobody)).toBe(true);
    expect(grants('auth.token.admin', nobody)).toBe(false);
  });

  test('asks what a write would leave only where it speaks of newData', () => {
    const scope = {
      newRoot: () => {
        throw new Error('asked');
      },
    };
    expect(grants('data.exists()', scope)).toBe(true);
    expect(() => grants('newData.exists()', scope)).toThrow('asked');
  });
});

describe('what can not be evaluated is refused, never taken for true or false', () => {
  test.each([
    '',
    ' ',
    'true false',
    'true; true',
    'true, true',
    'a',
    '$other == "x"',
    'auth',
    'auth.email != null',
    'auth == "u1"',
    'auth == auth',
    'auth?.uid == "u1"',
    'data',
    'data == null',
    'data.foo',
    'data["val"]',
    'data.val',
    'data.val().length > 3',
    'data.child()',
    'data.child("a", "b").exists()',
    'data.child(5).exists()',
    'data.child("a.b").exists()',
    'data.child("").exists()',
    'data.hasChildren("a")',
    'data.hasChildren([])',
    'data.hasChildren([,"a"])',
    'data.getPriority() == null',
    'data.exists',
    'exists()',
    '"x".contains("y")',
    '"x".matches(/y/)',
    'auth.uid.matches(/y/)',
    'now + 1 > 5',
    'now - 1 > 5',
    '-now < 5',
    'now',
    '"true"',
    '5',
    'null',
    '!5',
    '!null',
    'true ? true : false',
    'true & true',
    '~1 == 2',
    'auth = null',
    'auth.uid in root',
    'this',
    'this == null',
    'root.constructor',
    'root["__proto__"]',
    'auth.token[$call] == 1',
    'query.limitToFirst <= 10',
    'true == data',
    '{}',
    '[true]',
    '(() => true)()',
    'process.exit()',
    `${'!'.repeat(6_000)}true`,
  ])('%j', (text) => {
    expect(() => compileExpression(text, WRITE)).toThrow();
  });

  test('among it newData where somebody reads', () => {
    expect(() => compileExpression('newData.exists()', READ)).toThrow('".write" only');
    expect(() => compileExpression('newData.exists()', WRITE)).not.toThrow();
  });
});

/** Expressions with the value that JavaScript would give them. */
const booleans: fc.Arbitrary<{ text: string; value: boolean }> = fc.letrec<{
  any: { text: string; value: boolean };
}>((tie) => {
  const numbers = fc.integer({ min: -3, max: 3 }).map((value) => ({ text: `${value}`, value }));
  return {
    any: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.boolean().map((value) => ({ text: `${value}`, value })),
      fc
        .tuple(numbers, fc.constantFrom('<', '<=', '>', '>=', '==', '!=', '===', '!=='), numbers)
        .map(([a, operator, b]) => ({
          text: `${a.text} ${operator} ${b.text}`,
          value: {
            '<': a.value < b.value,
            '<=': a.value <= b.value,
            '>': a.value > b.value,
            '>=': a.value >= b.value,
            '==': a.value === b.value,
            '===': a.value === b.value,
            '!=': a.value !== b.value,
            '!==': a.value !== b.value,
          }[operator] as boolean,
        })),
      tie('any').map(({ text, value }) => ({ text: `!(${text})`, value: !value })),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
        text: `(${a.text}) && (${b.text})`,
        value: a.value && b.value,
      })),
      fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
        text: `(${a.text}) || (${b.text})`,
        value: a.value || b.value,
      })),
    ),
  };
}).any;

const pieces = fc.constantFrom(
  ...'auth data newData root now $call true null 1 "a" && || ! == < ( ) [ ] . , .uid .token'.split(
    ' ',
  ),
  ...'.val() .exists() .child("a") .parent() .constructor .__proto__ ["a"] ? : =>'.split(' '),
);

test('a composed expression has the value that JavaScript gives it', () => {
  fc.assert(
    fc.property(booleans, ({ text, value }) => {
      expect(grants(text)).toBe(value);
    }),
  );
});

test('whatever is written, it is refused when it is compiled, or evaluates to a boolean', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 9 }), (tokens) => {
      let rule: ReturnType<typeof compileExpression>;
      try {
        rule = compileExpression(tokens.join(' '), WRITE);
      } catch {
        return;
      }
      expect(typeof rule(SCOPE)).toBe('boolean');
      expect(typeof rule({ ...SCOPE, auth: null, root: undefined })).toBe('boolean');
    }),
    { numRuns: 2_000 },
  );
});
