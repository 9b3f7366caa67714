import { createLlmServer } from '../../../../emulators/llm/server.ts';
import type { Log, LogFields } from '../../log.ts';
import type { Situation } from '../assistant.ts';
import { createDialogue } from '../dialogue/dialogue.ts';
import type { Output } from '../llm/output.ts';
import { embeddedPack } from '../manual/embedded-pack.ts';
import type { Passage } from '../manual/passages.ts';
import { createChooser } from './chooser.ts';
import type { Budgets } from './hedge.ts';
import { createLadder } from './ladder.ts';

/** The ladder over the real rules and the real library, and a provider that does what it is told. */

export const PRIMARY = 'primary-model';
export const HEDGE = 'hedge-model';

/** Time enough for a busy machine: what is to be slow in a test hangs. */
export const PATIENT: Budgets = { hedgeAfter: 20_000, giveUpAfter: 25_000 };

export const CALM: Situation = { urgency: 'NORMAL', emergency_number: '112' };

export const NOTHING: Output = {
  urgency: 'NORMAL',
  card: null,
  steps: [],
  passages: [],
  question: null,
  acknowledgement: null,
  answer: null,
  facts: { where: null, injured: null, trapped: null },
};

export const says = (output: Partial<Output>) => ({
  kind: 'answer' as const,
  text: JSON.stringify({ ...NOTHING, ...output }),
});

export const server = createLlmServer({ port: 0, always: says({}) });

const pack = embeddedPack();
const rules = createDialogue({ packs: { of: () => pack } });

export const lines: [string, LogFields | undefined][] = [];

export function ladder(
  budgets: Budgets = PATIENT,
  { hedgeModel = HEDGE, manuals = [] }: { hedgeModel?: string; manuals?: readonly Passage[] } = {},
) {
  const line = (text: string, fields?: LogFields) => void lines.push([text, fields]);
  const log: Log = { info: line, warn: line, error: line, alert: line };
  const own = { ...pack, passages: [...pack.passages, ...manuals] };
  const dialogue = manuals.length > 0 ? createDialogue({ packs: { of: () => own } }) : rules;
  const chooser = createChooser({
    model: PRIMARY,
    hedgeModel,
    baseUrl: server.url,
    apiKey: 'test-key',
    budgets,
    breaker: { failures: 2, restFor: 600_000, restAtMost: 600_000 },
    log,
    now: Date.now,
  });
  return createLadder({ dialogue, chooser: async () => chooser, log });
}

/** Without any model; or with one that can't be loaded. */
export function rulesAlone(chooser?: () => Promise<never>, error = (_text: string) => {}) {
  const log = { info() {}, warn() {}, error, alert() {} };
  return createLadder({ dialogue: rules, chooser, log });
}
