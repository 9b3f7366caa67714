import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own that answers questions. */
export interface Child {
  ask<T>(question: string, argument?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Answer {
  n: number;
  answer?: unknown;
  error?: string;
}

/** Starts a script that calls `answerParent`; resolves when it is ready. */
export async function startChild(
  script: string,
  args: string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Child> {
  const child = fork(script, args, {
    execArgv: ['--expose-gc'],
    // Its log lines are no part of the comparison; errors are.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH, ...environment },
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${[script, ...args].join(' ')} ended with ${code}.`);
  });
  gone.catch(() => {});
  await Promise.race([once(child, 'message'), gone]);
  child.on('message', (message) => {
    const answer = message as Answer;
    waiting.get(answer.n)?.(answer);
    waiting.delete(answer.n);
  });

  return {
    async ask<T>(question: string, argument?: unknown): Promise<T> {
      asked += 1;
      const n = asked;
      const answered = new Promise<Answer>((resolve) => waiting.set(n, resolve));
      child.send({ n, question, argument });
      const { answer, error } = await Promise.race([answered, gone]);
      if (error !== undefined) throw new Error(`${question}: ${error}`);
      return answer as T;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** In the child: answers each question by the function of its name; ends with the parent's channel. */
export function answerParent(
  answers: Record<string, (argument: never) => unknown | Promise<unknown>>,
): void {
  process.on('disconnect', () => process.exit());
  process.on('message', async (message) => {
    const { n, question, argument } = message as { n: number; question: string; argument: unknown };
    try {
      process.send?.({ n, answer: await answers[question]?.(argument as never) });
    } catch (error) {
      process.send?.({ n, error: String(error) });
    }
  });
  process.send?.('ready');
}

/** Milliseconds of a clock that all processes of this machine share. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1_000_000;
}
