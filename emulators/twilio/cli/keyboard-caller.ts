import { clearLine, cursorTo, type Interface } from 'node:readline';
import type { Caller, CallerAction } from '../caller.ts';
import { parseTypedLine } from './script-lines.ts';

export interface KeyboardCallerOptions {
  readonly lines: Interface;
  readonly output: NodeJS.WritableStream;
  /** How well Twilio hears the words, 0 to 1. */
  readonly confidence?: number | undefined;
}

export interface KeyboardCaller extends Caller {
  /** Prints above the line that is being typed, if one is. */
  write(text: string): void;
}

/**
 * Whoever sits at the keyboard. Lines typed ahead are kept for the next Gather; at the end of the
 * input the caller hangs up.
 */
export function keyboardCaller(options: KeyboardCallerOptions): KeyboardCaller {
  const { lines, output, confidence } = options;
  const typed: string[] = [];
  let closed = false;
  let prompting = false;
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
    next: (_gather, signal) => next(signal),
    async converse(signal) {
      // Silence in a conference is nothing that has to be typed.
      for (;;) {
        const action = await next(signal);
        if (signal.aborted || !('silent' in action)) return action;
      }
    },
    write(text) {
      if (prompting) eraseLine();
      output.write(text);
      if (prompting) lines.prompt(true);
    },
  };

  async function next(signal: AbortSignal): Promise<CallerAction> {
    signal.addEventListener('abort', stopPrompting, { once: true });
    while (typed.length === 0 && !closed && !signal.aborted) {
      const more = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (lines.terminal) {
        prompting = true;
        lines.prompt();
      }
      await more;
      prompting = false;
    }
    // An interrupted Gather hears nothing: what was typed ahead is for the next one.
    if (signal.aborted) return { silent: true };
    const line = typed.shift();
    return line === undefined ? { hangUp: true } : parseTypedLine(line, confidence);
  }

  function stopPrompting(): void {
    if (prompting) eraseLine();
    prompting = false;
    wake();
  }

  function eraseLine(): void {
    cursorTo(output, 0);
    clearLine(output, 0);
  }
}
