import type { Interface } from 'node:readline';
import type { Caller } from '../caller.ts';
import { parseTypedLine } from './script-lines.ts';

export interface KeyboardCallerOptions {
  readonly lines: Interface;
  /** How well Twilio hears the words, 0 to 1. */
  readonly confidence?: number | undefined;
}

/**
 * Whoever sits at the keyboard. Lines typed ahead are kept for the next Gather; at the end of the
 * input the caller hangs up.
 */
export function keyboardCaller({ lines, confidence }: KeyboardCallerOptions): Caller {
  const typed: string[] = [];
  let closed = false;
  let wake = () => {};
  lines.on('line', (line) => {
    typed.push(line);
    wake();
  });
  lines.on('close', () => {
    closed = true;
    wake();
  });

  return {
    patient: true,
    async next(_gather, signal) {
      while (typed.length === 0 && !closed && !signal.aborted) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        signal.addEventListener('abort', () => wake(), { once: true });
        if (lines.terminal) lines.prompt();
        await more;
      }
      // An interrupted Gather hears nothing: what was typed ahead is for the next one.
      if (signal.aborted) return { silent: true };
      const line = typed.shift();
      return line === undefined ? { hangUp: true } : parseTypedLine(line, confidence);
    },
  };
}
