import { expect, it } from 'vitest';
import type { DeskEvent } from '../../../emulators/telephone-page/protocol.ts';
import { disconnected, NOTHING_YET, withEvent } from './desk-state.ts';

const call = 'CA00000000000000000000000000000001';
const BEGUN: DeskEvent[] = [
  { type: 'desk', desk: 'd' },
  { type: 'call', call, direction: 'out', from: '+15550100001', to: '+15550100002' },
  { type: 'status', call, status: 'in-progress' },
  { type: 'listening', call, language: 'hi-IN' },
];
const after = (...events: DeskEvent[]) => [...BEGUN, ...events].reduce(withEvent, NOTHING_YET);

it('listens until something is done, and remembers the language', () => {
  const heard = after({ type: 'line', call, line: { kind: 'heard', text: 'Tell me.' } });
  expect(heard.calls[0]).toMatchObject({ listening: 'hi-IN', language: 'hi-IN' });
  const said = after({ type: 'line', call, line: { kind: 'spoke', text: 'fire' } });
  expect(said.calls[0]).toMatchObject({ listening: undefined, language: 'hi-IN' });
});

it('ends what was under way when the connection is gone, and nothing else', () => {
  expect(disconnected(after()).calls[0]?.status).toBe('failed');
  const over = after({ type: 'status', call, status: 'completed' });
  expect(disconnected(over).calls[0]?.status).toBe('completed');
  expect(disconnected(over).desk).toBeUndefined();
});
