import { deepStrictEqual } from 'node:assert/strict';
import type { Behaviour } from '../../emulators/llm/behaviour.ts';
import { createLlmServer } from '../../emulators/llm/server.ts';
import type { Situation } from '../../functions/src/assistant/assistant.ts';
import { createDialogue } from '../../functions/src/assistant/dialogue/dialogue.ts';
import { BREAKER, type BreakerOptions } from '../../functions/src/assistant/ladder/breaker.ts';
import { createChooser } from '../../functions/src/assistant/ladder/chooser.ts';
import { createLadder, type Ladder } from '../../functions/src/assistant/ladder/ladder.ts';
import { embeddedPack } from '../../functions/src/assistant/manual/embedded-pack.ts';
import type { Message } from '../../functions/src/calls/model.ts';
import { duration, percentile, ratio } from '../statistics.ts';
import { table } from '../table.ts';

/**
 * A whole turn of the assistant on each rung of its ladder, by the words that end there. The
 * provider is a server in this process that speaks its wire format and answers at once, so its own
 * time is left out and everything of ours is in: rules, prompt, library, connection, check of the
 * output. Where it hangs, twenty turns wait at the same time; the budgets are the default ones.
 * Checked: every reply names the rung that it is listed under.
 */

/** As config.ts has them; milliseconds. */
const BUDGETS = { hedgeAfter: 900, giveUpAfter: 2_500 };
/** Milliseconds in which a turn must be answered, whatever a provider does. */
const GOAL = 4_000;
const [FIRST, SECOND] = ['first-model', 'second-model'];
const NEVER: BreakerOptions = { ...BREAKER, failures: Number.MAX_SAFE_INTEGER };

const CALM: Situation = { urgency: 'NORMAL', emergency_number: '112' };
const STAMP = { turn: 2, at: '2025-10-04T14:30:00+05:30' };
const STRANGE = 'the thing at the place is doing it again';
const UNKNOWN = 'where do I park my bicycle';
const CHOICE = JSON.stringify({
  urgency: 'URGENT',
  card: 'unsafe-equipment',
  steps: [],
  passages: [],
  question: null,
  acknowledgement: 'I hear you.',
  answer: null,
  facts: { where: null, injured: null, trapped: null },
});
const CHOOSES: Behaviour = { kind: 'answer', text: CHOICE };
const said: Message = {
  id: 'm000001-a1b2c3-1',
  role: 'assistant',
  content: 'Get out now, and shout fire to everybody near you.',
  timestamp: STAMP.at,
  sources: 'Fire',
};

interface Case {
  name: string;
  rung: string;
  words: string;
  conversation?: readonly Message[];
  situation?: Situation;
  ladder: Ladder;
  turns: number;
  /** How many turns run at the same time. */
  together?: number;
  first?: Behaviour;
  second?: Behaviour;
}

const server = createLlmServer({ port: 0, always: CHOOSES });

export async function benchRungs(): Promise<void> {
  await server.start();
  try {
    const rows: { of: Case; samples: number[] }[] = [];
    for (const of of cases()) rows.push({ of, samples: await measure(of) });
    report(rows);
  } finally {
    await server.stop();
  }
}

function cases(): Case[] {
  const rules = ladder();
  const asking = ladder(NEVER);
  const fire: Situation = { ...CALM, urgency: 'CRITICAL', hazard: 'fire', step: 0 };
  const hangs: Behaviour = { kind: 'hang' };
  const broken: Behaviour = { kind: 'fail', status: 503 };
  const short = { turns: 1_500, ladder: rules };
  const waits = { turns: 20, together: 20, ladder: asking };
  const model = { words: STRANGE, ladder: asking, turns: 200 };
  return [
    { name: 'recognized danger', rung: 'floor', words: 'there is a fire in the hall', ...short },
    { name: 'answer of the manual', rung: 'passage', words: 'how long do I rinse acid', ...short },
    { name: 'card of an injury', rung: 'card', words: 'his ankle is twisted', ...short },
    {
      name: 'say that again',
      rung: 'dialogue',
      words: 'say that again',
      conversation: [said],
      situation: fire,
      ...short,
    },
    { name: 'nothing to say', rung: 'person', words: UNKNOWN, ...short },
    { name: 'model answers at once', rung: 'model', ...model },
    { name: 'first model fails at once', rung: 'hedge', first: broken, ...model },
    {
      name: 'both are dead, and left out',
      rung: 'person',
      words: UNKNOWN,
      ladder: ladder(BREAKER),
      turns: 500,
      first: broken,
      second: broken,
    },
    { name: 'first model hangs', rung: 'hedge', words: STRANGE, first: hangs, ...waits },
    {
      name: 'both hang',
      rung: 'person',
      words: UNKNOWN,
      first: hangs,
      second: hangs,
      ...waits,
    },
  ];
}

function ladder(breaker?: BreakerOptions): Ladder {
  const pack = embeddedPack();
  const log = { info() {}, warn() {}, error() {}, alert() {} };
  const dialogue = createDialogue({ packs: { of: () => pack } });
  if (!breaker) return createLadder({ dialogue, log });
  const chooser = createChooser({
    model: FIRST as string,
    hedgeModel: SECOND as string,
    baseUrl: server.url,
    apiKey: 'bench-key',
    budgets: BUDGETS,
    breaker,
    log,
    now: Date.now,
  });
  return createLadder({ dialogue, chooser: async () => chooser, log });
}

async function measure(of: Case): Promise<number[]> {
  const { together = 1, turns, first = CHOOSES, second = CHOOSES } = of;
  const samples: number[] = [];
  for (let turn = -warmUp(of); turn < turns; turn += together) {
    server.script(Array(together).fill(first), FIRST);
    server.script(Array(together).fill(second), SECOND);
    const taken = await Promise.all(Array.from({ length: together }, () => timed(of)));
    if (turn >= 0) samples.push(...taken);
    server.takeRequests();
  }
  return samples;
}

/** A model that is left out after some failures is out before the measuring begins. */
function warmUp({ together, turns }: Case): number {
  return together ? 0 : Math.ceil(turns / 10);
}

async function timed({ rung, words, conversation = [], situation = CALM, ladder }: Case) {
  const begun = performance.now();
  const reply = await ladder.reply(conversation, { text: words }, situation, { stamp: STAMP });
  const milliseconds = performance.now() - begun;
  deepStrictEqual(reply.grounding?.rung, rung, words);
  return milliseconds;
}

function report(rows: readonly { of: Case; samples: number[] }[]): void {
  const floor = percentile(rows[0]?.samples ?? [], 0.5);
  const cells = rows.map(({ of: { rung, name }, samples }) => {
    const [p50, p99] = [percentile(samples, 0.5), percentile(samples, 0.99)];
    const times = [duration(p50), duration(p99), ratio(p50 / floor)];
    return [`${rung}: ${name}`, samples.length.toLocaleString('en'), ...times];
  });
  console.log(table([['a whole turn', 'turns', 'p50', 'p99', 'p50 to the floor'], ...cells]));
  const slowest = Math.max(...rows.map(({ samples }) => percentile(samples, 1)));
  console.log(
    `\nGoal: the slowest turn, whatever a provider does, <= ${duration(GOAL)}: ` +
      `${slowest <= GOAL ? 'met' : 'not met'} (${duration(slowest)}).`,
  );
}
