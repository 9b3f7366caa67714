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
