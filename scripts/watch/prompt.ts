import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from '../../functions/src/operations/target.ts';

/** Asks at the terminal without showing what is typed. @throws UsageError where there is none */
export function askHidden(question: string, instead: string): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageError(`There is no terminal to ask at: ${instead}.`);
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    const end = () => reject(new UsageError('Nothing was typed.'));
    terminal.once('close', end);
    // The terminal is in raw mode: Ctrl-C is a key here.
    terminal.once('SIGINT', () => terminal.close());
    terminal.question('', (typed) => {
      terminal.off('close', end);
      terminal.close();
      process.stderr.write('\n');
      resolve(typed);
    });
  });
}
