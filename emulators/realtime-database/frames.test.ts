import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameAssembler, MAX_FRAME_LENGTH, splitIntoFrames } from './frames.ts';

const longTexts = fc
  .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), fc.nat({ max: 4000 }))
  .map(([text, times]) => JSON.stringify({ text: text.repeat(times) }));

test('a message that was split is put together again, each frame fit to be sent alone', () => {
  fc.assert(
    fc.property(longTexts, (message) => {
      const frames = splitIntoFrames(message);
      expect(frames.every((frame) => frame.length <= MAX_FRAME_LENGTH)).toBe(true);
      const overTheWire = frames.map((frame) => Buffer.from(frame, 'utf8').toString('utf8'));
      const assembler = createFrameAssembler();
      const messages = overTheWire.map((frame) => assembler.push(frame));
      expect(messages.at(-1)).toBe(message);
      expect(messages.slice(0, -1).every((part) => part === undefined)).toBe(true);
    }),
  );
});

test('a pair of surrogates at the border of two frames stays together', () => {
  const message = `${'a'.repeat(MAX_FRAME_LENGTH - 1)}😀b`;
  expect(splitIntoFrames(message)).toEqual(['2', 'a'.repeat(MAX_FRAME_LENGTH - 1), '😀b']);
});

test('keepalives between messages are not messages; numbers inside one are', () => {
  const assembler = createFrameAssembler();
  const frames = ['0', '{"a":1}', '0', '2', '[1', '0]', '{"b":2}'];
  const messages = frames.map((frame) => assembler.push(frame));
  expect(messages.filter((message) => message !== undefined)).toEqual([
    '{"a":1}',
    '[10]',
    '{"b":2}',
  ]);
});

test('a message that never ends is refused', () => {
  const assembler = createFrameAssembler();
  assembler.push('99999');
  const megabyte = 'x'.repeat(1024 * 1024);
  const pushMany = () => {
    for (let sent = 0; sent <= 64; sent += 1) assembler.push(megabyte);
  };
  expect(pushMany).toThrow(/too long/);
});
