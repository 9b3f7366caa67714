import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../log.ts';
import { measure } from '../metrics/metrics.ts';
import { type Notes, noting } from '../metrics/notes.ts';

/** Writes the one line of a request when it is answered, or given up; nothing waits for it. */
export function measured(log: Log, path: string) {
  return (_: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    const notes: Notes = {};
    response.once('close', () => {
      const { statusCode: status } = response;
      measure(log, 'webhook_answered', {
        path,
        status,
        outcome: response.writableFinished ? outcomeOf(status) : 'gone',
        milliseconds: Math.round(performance.now() - began),
        ...notes,
      });
    });
    noting(notes, next);
  };
}

function outcomeOf(status: number): string {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}

const FAILED_MESSAGE = new Set(['failed', 'undelivered']);
/** Twilio's codes, and its words for how something ended. */
const CODE = /^[0-9]{3,6}$/;

/** What Twilio tells in a signed form of something that failed; codes alone, no number. */
export function failureIn(
  form: Record<string, string>,
): { outcome: 'message' | 'call' | 'error'; code: string } | undefined {
  const { MessageStatus, CallStatus, Direction = '', ErrorCode = '' } = form;
  const code = CODE.test(ErrorCode) && Number(ErrorCode) > 0 ? ErrorCode : undefined;
  if (MessageStatus !== undefined) {
    if (!FAILED_MESSAGE.has(MessageStatus)) return undefined;
    return { outcome: 'message', code: code ?? MessageStatus };
  }
  if (CallStatus === 'failed' && Direction.startsWith('outbound')) {
    return { outcome: 'call', code: code ?? 'failed' };
  }
  return code === undefined ? undefined : { outcome: 'error', code };
}
