/** The protocol's longest frame, in UTF-16 units. */
export const MAX_FRAME_LENGTH = 16_384;

/** A message of a client, put together, may be this long (UTF-16 units); then its socket closes. */
const MAX_MESSAGE_LENGTH = 64 * 1024 * 1024;

const HIGH_SURROGATE = /[\ud800-\udbff]/;

/**
 * A message as the frames that carry it: the message itself, or, when it is too long for one, the
 * number of frames and then the frames.
 */
export function splitIntoFrames(message: string): string[] {
  if (message.length <= MAX_FRAME_LENGTH) return [message];
  const frames: string[] = [];
  for (let from = 0; from < message.length; ) {
    let to = Math.min(from + MAX_FRAME_LENGTH, message.length);
    // Each frame is encoded as UTF-8 by itself: a pair that is cut in two would be lost.
    if (to < message.length && HIGH_SURROGATE.test(message.charAt(to - 1))) to -= 1;
    frames.push(message.slice(from, to));
    from = to;
  }
  return [String(frames.length), ...frames];
}

export interface FrameAssembler {
  /**
   * Takes one frame; gives a message when it is complete. Keepalives ("0") give nothing.
   * @throws Error when a message grows too long.
   */
  push(frame: string): string | undefined;
}

export function createFrameAssembler(): FrameAssembler {
  let parts: string[] = [];
  let missing = 0;
  let length = 0;

  return {
    push(frame) {
      if (missing === 0) {
        const count = frame.length <= 6 && /^\d+$/.test(frame) ? Number(frame) : undefined;
        if (count === undefined) return frame;
        missing = count;
        return undefined;
      }
      parts.push(frame);
      missing -= 1;
      length += frame.length;
      if (length > MAX_MESSAGE_LENGTH) throw new Error('the message is too long');
      if (missing > 0) return undefined;
      const message = parts.join('');
      parts = [];
      length = 0;
      return message;
    },
  };
}
