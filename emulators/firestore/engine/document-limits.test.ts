import { describe, expect, it } from 'vitest';
import { checkDocument, documentSize } from './document-limits.ts';
import type { Document, Value } from './value.ts';

function documentWith(fields: Record<string, Value>, path = 'c/d'): Document {
  const name = `projects/p/databases/d/documents/${path}`;
  return { name, fields: new Map(Object.entries(fields)), createTime: 0n, updateTime: 0n };
}

const leaf: Value = { kind: 'null' };

function nested(levels: number, wrap: (inner: Value) => Value): Value {
  return levels === 0 ? leaf : wrap(nested(levels - 1, wrap));
}

const inMap = (inner: Value): Value => ({ kind: 'map', fields: new Map([['m', inner]]) });
const inArray = (inner: Value): Value => ({ kind: 'array', values: [inner] });

describe('a document', () => {
  it('has the size of the worked example in the documentation', () => {
    const task = documentWith(
      {
        type: { kind: 'string', value: 'Personal' },
        done: { kind: 'boolean', value: false },
        priority: { kind: 'integer', value: 1n },
        description: { kind: 'string', value: 'Learn Cloud Firestore' },
      },
      'users/jeff/tasks/my_task_id',
    );
    expect(documentSize(task)).toBe(147);
  });

  it('may have 1 MiB and not a byte more', () => {
    const empty = documentSize(documentWith({ t: { kind: 'string', value: '' } }));
    const filled = (extra: number) =>
      documentWith({ t: { kind: 'string', value: 'x'.repeat(1_048_576 - empty + extra) } });
    expect(() => checkDocument(filled(0))).not.toThrow();
    expect(() => checkDocument(filled(1))).toThrow(/1,048,576/);
  });

  it('may nest 20 levels and no more', () => {
    expect(() => checkDocument(documentWith({ f: nested(20, inMap) }))).not.toThrow();
    expect(() => checkDocument(documentWith({ f: nested(21, inMap) }))).toThrow(/20 levels/);
    const mixed = (levels: number) => nested(levels / 2, (inner) => inMap(inArray(inner)));
    expect(() => checkDocument(documentWith({ f: mixed(20) }))).not.toThrow();
    expect(() => checkDocument(documentWith({ f: mixed(22) }))).toThrow(/20 levels/);
  });

  it.each([
    ['an array in an array', { f: inArray(inArray(leaf)) }],
    ['a reserved name', { __x__: leaf }],
    ['a reserved name in a map', { f: { kind: 'map', fields: new Map([['__x__', leaf]]) } }],
    ['an empty name', { '': leaf }],
    ['a long name', { ['x'.repeat(1501)]: leaf }],
  ] as [string, Record<string, Value>][])('must not hold %s', (_, fields) => {
    expect(() => checkDocument(documentWith(fields))).toThrow();
  });

  it('may hold an array in a map in an array', () => {
    expect(() => checkDocument(documentWith({ f: inArray(inMap(inArray(leaf))) }))).not.toThrow();
  });
});
