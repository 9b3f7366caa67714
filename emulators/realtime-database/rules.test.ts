import { describe, expect, test } from 'vitest';
import { createRules } from './rules.ts';

function rulesOf(rules: object | string) {
  const created = createRules();
  created.replace(typeof rules === 'string' ? rules : JSON.stringify({ rules }));
  return created;
}

const byHeight = { by: 'child', path: ['height'] } as const;

describe('an index', () => {
  test('is found at the location itself, named alone or in a list', () => {
    expect(rulesOf({ dinos: { '.indexOn': 'height' } }).hasIndex(['dinos'], byHeight)).toBe(true);
    const list = rulesOf({ dinos: { '.indexOn': ['a/b', 'height', '.value'] } });
    expect(list.hasIndex(['dinos'], byHeight)).toBe(true);
    expect(list.hasIndex(['dinos'], { by: 'child', path: ['a', 'b'] })).toBe(true);
    expect(list.hasIndex(['dinos'], { by: 'value' })).toBe(true);
    expect(list.hasIndex(['dinos', 'x'], byHeight)).toBe(false);
    expect(list.hasIndex([], byHeight)).toBe(false);
  });

  test('is found below a wildcard, unless a named child stands beside it', () => {
    const rules = rulesOf({ $any: { '.indexOn': 'height' }, named: {} });
    expect(rules.hasIndex(['something'], byHeight)).toBe(true);
    expect(rules.hasIndex(['named'], byHeight)).toBe(false);
  });

  test('is never missing for keys and priorities', () => {
    expect(createRules().hasIndex(['x'], { by: 'key' })).toBe(true);
    expect(createRules().hasIndex(['x'], { by: 'priority' })).toBe(true);
    expect(createRules().hasIndex(['x'], { by: 'value' })).toBe(false);
  });
});

describe('a rules document', () => {
  test('may have comments, and text that looks like one', () => {
    const rules = rulesOf('{ /* a */ "rules": { "x": { ".indexOn": "//no" } } // end\n }');
    expect(rules.toJson()).toEqual({ rules: { x: { '.indexOn': '//no' } } });
  });

  test.each(['', '{', '[]', '{}', '{"rules": 5}'])(
    '%j is refused, and the old one stays',
    (source) => {
      const rules = rulesOf({ x: {} });
      expect(() => rules.replace(source)).toThrow(/can't be read/);
      expect(rules.toJson()).toEqual({ rules: { x: {} } });
    },
  );
});

describe('rules that can not be evaluated are refused with their place, and the old ones stay', () => {
  test.each<[object, string]>([
    [{ '.read': 'perhaps' }, 'at /, ".read" (perhaps) can\'t be evaluated: "perhaps" is not known'],
    [{ a: { $b: { '.write': 'now + 1 > 2' } } }, 'at /a/$b, ".write" (now + 1 > 2) can\'t be'],
    [{ a: { '.validate': 'true' } }, 'at /a, ".validate" is not evaluated here'],
    [{ a: { '.other': 1 } }, 'at /a, ".other" is not'],
    [{ '.read': 1 }, 'at /, ".read" is no text and no boolean'],
    [{ '.write': null }, 'at /, ".write" is no text'],
    [{ a: true }, 'at /a, rules of a location are an object'],
    [{ a: [] }, 'at /a, rules of a location are an object'],
    [{ $a: {}, $b: {} }, 'at /, "$b" is a second wildcard'],
    [{ $a: { $a: {} } }, 'at /$a/$a, a wildcard above has the same name'],
    [{ $: {} }, 'at /$, that is no name of a wildcard'],
    [{ 'a/b': {} }, 'at /, the key "a/b" contains'],
    [{ a: { '.indexOn': 5 } }, 'at /a, ".indexOn" is a text or a list'],
    [{ '.read': '$a == 1', $a: {} }, 'at /, ".read" ($a == 1) can\'t be evaluated: "$a"'],
  ])('%j', (document, reason) => {
    const rules = rulesOf({ x: { '.read': true } });
    const { source } = rules;
    expect(() => rules.replace(JSON.stringify({ rules: document }))).toThrow(reason);
    expect(rules.source).toBe(source);
    expect(rules.mayRead(['x'], { auth: null, now: 0, root: undefined })).toBe(true);
  });

  test('a document with more than rules', () => {
    expect(() => rulesOf('{ "rules": {}, "more": {} }')).toThrow(/can't be read.*more/s);
  });
});

test('the right to a location is that to its priority', () => {
  const rules = rulesOf({ a: { '.write': true } });
  const scope = { auth: null, now: 0, root: undefined, newRoot: () => undefined };
  expect(rules.mayWrite(['a', '.priority'], scope)).toBe(true);
  expect(rules.mayWrite(['.priority'], scope)).toBe(false);
});
