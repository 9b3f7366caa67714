/** What a caller does, written as text: a typed line, a scenario file. */
import { z } from 'zod';
import type { CallerAction } from '../caller.ts';

export interface Scenario {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly script: readonly CallerAction[];
}

/**
 * A line is words; `#1` or `/1` presses keys (`/#` the hash key); an empty line is silence.
 * @param confidence of the recognition of the words; Twilio's usual one unless told
 */
export function parseTypedLine(line: string, confidence?: number): CallerAction {
  const text = line.trim();
  if (text === '') return { silent: true };
  const keys = /^[#/]([0-9*#]+)$/.exec(text)?.[1];
  if (keys !== undefined) return { keys };
  return { say: text, ...(confidence !== undefined && { confidence }) };
}

const action = z.union([
  z.string(),
  z.strictObject({
    say: z.string(),
    confidence: z.number().min(0).max(1).nullable().exactOptional(),
    language: z.string().exactOptional(),
    bargeIn: z.boolean().exactOptional(),
  }),
  z.strictObject({ keys: z.string().regex(/^[0-9*#]+$/), bargeIn: z.boolean().exactOptional() }),
  z.strictObject({ silent: z.literal(true) }),
  z.strictObject({ hangUp: z.literal(true) }),
]);
const scenarioSchema = z.union([
  z.array(action).transform((script) => ({ script })),
  z.strictObject({
    from: z.string().exactOptional(),
    to: z.string().exactOptional(),
    script: z.array(action),
  }),
]);

/**
 * A `.json` scenario is a list of lines and actions, or `{ from?, to?, script }`; any other file
 * holds one typed line per line, where `//` begins a comment.
 * @throws with a sentence that says what the file must look like
 */
export function parseScenario(name: string, text: string, confidence?: number): Scenario {
  if (!name.endsWith('.json')) {
    const lines = text.replace(/\n$/, '').split(/\r?\n/);
    const spoken = lines.filter((line) => !line.trimStart().startsWith('//'));
    return { script: spoken.map((line) => parseTypedLine(line, confidence)) };
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = scenarioSchema.safeParse(data);
  if (!parsed.success) {
    throw new Error(
      `${name} must be a list of lines and actions such as ` +
        `["there is a fire", { "keys": "1" }, { "silent": true }, { "hangUp": true }], ` +
        'or { "from", "to", "script": [...] }',
    );
  }
  const { script, ...numbers } = parsed.data;
  return {
    ...numbers,
    script: script.map((line) =>
      typeof line === 'string' ? parseTypedLine(line, confidence) : line,
    ),
  };
}
