import type { Response } from 'express';
import { sseEvent, sseRetry } from './sse.ts';

/** One response that is held open and written to. */
export interface OpenStream {
  isOpen(): boolean;
  /** Writes to a client that keeps up; one that does not is dropped. */
  write(frame: Buffer | string): void;
  /** Writes an `error` event and closes; `retry` in milliseconds, for clients that come back. */
  fail(error: { code: string; message: string }, retry?: number): void;
  /** Writes and closes. */
  end(frame?: Buffer | string): void;
  /** Calls back once when the stream is over, whoever ended it; at once where it is. */
  onClose(listener: () => void): void;
}

/** Bytes that may wait for a slow client before it is dropped; it comes back and goes on. */
export const MOST_WAITING = 256_000;

/**
 * @param response whose headers are set and not sent yet
 * @param mostWaiting bytes, beyond the first frame: that one may be as long as the conversation is
 */
export function openStream(response: Response, mostWaiting = MOST_WAITING): OpenStream {
  const listeners: (() => void)[] = [];
  let isOpen = !response.destroyed && !response.writableEnded;
  /** What the client may have waiting: more while it takes in its first frame. */
  let allowed = mostWaiting;
  let isFirst = true;

  function over(): void {
    isOpen = false;
    for (const listener of listeners.splice(0)) listener();
  }

  response.once('close', over);
  response.on('error', over);
  response.flushHeaders();
  if (response.req.method === 'HEAD') {
    isOpen = false;
    response.end();
  }

  function write(frame: Buffer | string): void {
    if (!isOpen) return;
    if (response.writableLength > allowed) {
      response.destroy();
      over();
      return;
    }
    const isTaken = response.write(frame);
    if (isTaken || !isFirst) return;
    isFirst = false;
    allowed = mostWaiting + response.writableLength;
    response.once('drain', () => {
      allowed = mostWaiting;
    });
  }

  function end(frame?: Buffer | string): void {
    if (!isOpen) return;
    if (frame === undefined) response.end();
    else response.end(frame);
    over();
  }

  return {
    isOpen: () => isOpen,
    write,
    end,
    fail({ code, message }, retry) {
      const told = sseEvent({ event: 'error', data: JSON.stringify({ code, message }) });
      end(retry === undefined ? told : sseRetry(retry) + told);
    },
    onClose(listener) {
      if (isOpen) listeners.push(listener);
      else listener();
    },
  };
}
