import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sseComment, sseEvent, sseRetry } from './sse.ts';

/** As the standard reads a stream: lines end in CR, LF or CRLF, a blank one ends an event. */
function parse(text: string) {
  const lines = text.split(/\r\n|\r|\n/);
  const fields: [string, string][] = [];
  for (const line of lines) {
    if (line === '' || line.startsWith(':')) continue;
    const colon = line.indexOf(':');
    fields.push([line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]);
  }
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  return { fields, data: data.join('\n') };
}

describe('an event on the wire', () => {
  it('is an id, a name, its data, and a blank line', () => {
    expect(sseEvent({ id: 'abc', event: 'new_messages', data: '{"a":1}' })).toBe(
      'id: abc\nevent: new_messages\ndata: {"a":1}\n\n',
    );
  });

  it('has no id line where the last id stays', () => {
    expect(sseEvent({ event: 'heartbeat', data: '{}' })).toBe('event: heartbeat\ndata: {}\n\n');
  });

  it('splits data at every line end that a client knows, so that nothing in it becomes a field', () => {
    const text = sseEvent({ event: 'call', data: 'a\nid: x\r\nevent: y\rretry: 1\n\n: z' });
    expect(parse(text).fields.map(([name]) => name)).toEqual(['event', ...Array(6).fill('data')]);
    expect(parse(text).data).toBe('a\nid: x\nevent: y\nretry: 1\n\n: z');
  });

  it('leaves line separators of Unicode alone: they end no line', () => {
    const data = 'a\u2028b\u2029c\u0085d\u000be';
    expect(parse(sseEvent({ event: 'call', data })).data).toBe(data);
  });

  it.each(['a\nb', 'a\rb', 'a\0b', 'a b', '', 'é', '\u2028'])('refuses the id %j', (id) => {
    expect(() => sseEvent({ id, event: 'call', data: '' })).toThrow(TypeError);
  });

  it.each(['', 'a\nb', 'Call', 'a b', 'a:b'])('refuses the name %j', (event) => {
    expect(() => sseEvent({ event, data: '' })).toThrow(TypeError);
  });

  it('brings any JSON back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = sseEvent({ id: 'x', event: 'call', data: JSON.stringify(value) });
        expect(JSON.parse(parse(text).data)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text.indexOf('\n\n')).toBe(text.length - 2);
      }),
    );
  });
});

it('a retry is whole milliseconds', () => {
  expect(sseRetry(1_234.5)).toBe('retry: 1235\n\n');
});

it('a comment stays one line', () => {
  expect(sseComment('a\nid: b\r\nc')).toBe(': a id: b c\n\n');
});
