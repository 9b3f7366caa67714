/** `npm run twilio`: see USAGE in twilio-run.ts. */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { runTwilio } from './twilio-run.ts';

process.exitCode = await runTwilio(process.argv.slice(2), {
  environment: process.env,
  out: (line) => console.log(line),
  note: (line) => console.error(line),
  confirm,
});

/** Nobody is asked in a script: what needs an answer is not done there. */
async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const asked = terminal.question(`${question} [y/N] `);
  // Ctrl-D closes the line and leaves the question open.
  const answer = await Promise.race([asked, once(terminal, 'close').then(() => '')]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
