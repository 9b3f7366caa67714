import type { Response } from 'express';
import { isoInZone } from '../calls/times.ts';
import { sseComment, sseEvent, sseRetry } from './sse.ts';
import { type OpenStream, openStream } from './stream.ts';

/** Milliseconds after which a client that was cut off comes back. */
const RETRY = 2_000;

/** Milliseconds after which a client that is told to come back does so, at the earliest. */
const RETRY_SOON = 1_000;

const RECONNECT = {
  code: 'reconnect',
  message: 'The stream is closed from time to time. Open it again with the last id.',
};

/** What every stream begins with. */
export const SSE_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

export interface OpenStreamsOptions {
  heartbeatSeconds: number;
  longestSeconds: number;
  timeZone: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** From 0 up to 1. */
  random: () => number;
}

/** All streams of this instance: their beginning, their heartbeat, and their end. */
export function createOpenStreams(options: OpenStreamsOptions) {
  const { heartbeatSeconds, longestSeconds, timeZone, now, random } = options;
  const streams = new Map<OpenStream, Response>();
  let heartbeat: NodeJS.Timeout | undefined;

  /** Sends the first bytes at once. */
  function open(response: Response): OpenStream {
    const stream = openStream(response);
    // Not all at once, for all come back at once then.
    const longest = longestSeconds * 1_000 * (1 - 0.1 * random());
    const closing = setTimeout(() => stream.fail(RECONNECT, RETRY_SOON), longest);
    streams.set(stream, response);
    heartbeat ??= setInterval(beat, heartbeatSeconds * 1_000);
    stream.onClose(() => {
      clearTimeout(closing);
      streams.delete(stream);
      if (streams.size > 0) return;
      clearInterval(heartbeat);
      heartbeat = undefined;
    });
    stream.write(sseRetry(RETRY) + sseComment('aurora'));
    return stream;
  }

  /** One text for all; it has no id, so that the last one stays. */
  function beat(): void {
    const data = JSON.stringify({ time: isoInZone(now(), timeZone) });
    const frame = Buffer.from(sseEvent({ event: 'heartbeat', data }));
    for (const stream of [...streams.keys()]) stream.write(frame);
  }

  return {
    open,
    count: () => streams.size,
    /** Tells all clients to come back, a little spread out; resolves when it has left. */
    async closeAll(): Promise<void> {
      const closed = [...streams].map(([stream, response]) => {
        const gone = new Promise((resolve) => response.once('close', resolve));
        stream.fail(RECONNECT, RETRY_SOON * (1 + 2 * random()));
        return gone;
      });
      await Promise.all(closed);
    },
  };
}

export type OpenStreams = ReturnType<typeof createOpenStreams>;
