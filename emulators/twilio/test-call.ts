import { afterEach } from 'vitest';
import { type CallOptions, placeCall, scriptedCaller, type TelephoneEvent } from './telephone.ts';
import { type Answer, startTestAurora, type TestAurora } from './test-aurora.ts';

/** Calls a tiny Aurora that answers what it is told, and stops it after the test. */
export function createTestCalls() {
  let aurora: TestAurora | undefined;
  afterEach(stop);

  async function stop(): Promise<void> {
    await aurora?.stop();
    aurora = undefined;
  }

  /** Without options the caller hangs up at the first Gather, and no time passes. */
  return async function call(
    answers: Record<string, Answer>,
    options: Partial<CallOptions> | ((baseUrl: string) => Partial<CallOptions>) = {},
  ) {
    await stop();
    aurora = await startTestAurora(answers);
    const { baseUrl, seen } = aurora;
    const given = typeof options === 'function' ? options(baseUrl) : options;
    const events: TelephoneEvent[] = [];
    const result = await placeCall({
      baseUrl,
      caller: scriptedCaller([]),
      timeScale: 0,
      ...given,
      onEvent: (event) => {
        events.push(event);
        given.onEvent?.(event);
      },
    });
    const kinds = result.faults.map(({ kind }) => kind);
    return { ...result, baseUrl, seen, paths: aurora.paths(), events, kinds };
  };
}
