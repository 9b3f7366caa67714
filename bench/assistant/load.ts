import fs from 'node:fs';
import { registerHooks } from 'node:module';
import type { Log } from '../../functions/src/log.ts';
import type { Load, Loaded } from './plan.ts';

/**
 * `node load.ts <load> time|packages`: loads the assistant from the built functions and lets it
 * answer one turn; prints a Loaded as JSON.
 */
const [load, what] = process.argv.slice(2) as [Load, 'time' | 'packages'];
const packages = new Set<string>();
if (what === 'packages') {
  registerHooks({
    load(url, context, next) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
      if (name) packages.add(name);
      return next(url, context);
    },
  });
}

const memoryBefore = process.memoryUsage.rss();
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
await firstTurn();
const milliseconds = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
const loaded: Loaded = {
  milliseconds,
  cpu: (user + system) / 1_000,
  megabytes: (process.memoryUsage.rss() - memoryBefore) / 1_000_000,
  packages: [...packages],
};
fs.writeSync(1, JSON.stringify(loaded));

async function firstTurn(): Promise<void> {
  const log: Log = { info() {}, warn() {}, error() {}, alert() {} };
  const [{ createLadder }, { createDialogue }, { embeddedPack }] = await Promise.all([
    built<typeof import('../../functions/src/assistant/ladder/ladder.ts')>('ladder/ladder'),
    built<typeof import('../../functions/src/assistant/dialogue/dialogue.ts')>('dialogue/dialogue'),
    built<typeof import('../../functions/src/assistant/manual/embedded-pack.ts')>(
      'manual/embedded-pack',
    ),
  ]);
  const pack = embeddedPack();
  const dialogue = createDialogue({ packs: { of: () => pack } });
  const ladder = createLadder({ dialogue, log, ...(await models(log)) });
  await ladder.warm();
  const situation = { urgency: 'NORMAL' as const, emergency_number: '112' };
  const { hazard } = await ladder.reply([], { text: 'there is a fire in the hall' }, situation);
  if (hazard !== 'fire') throw new Error('The first turn was not answered.');
}

/** As aurora.ts does it where a model is configured. */
async function models(log: Log) {
  if (load === 'rules') return {};
  const { createChooser } =
    await built<typeof import('../../functions/src/assistant/ladder/chooser.ts')>('ladder/chooser');
  const chooser = createChooser({
    model: 'bench-model',
    hedgeModel: 'bench-model',
    baseUrl: 'http://127.0.0.1:9/v1',
    apiKey: 'bench-key',
    budgets: { hedgeAfter: 900, giveUpAfter: 2_500 },
    log,
    now: Date.now,
  });
  return { chooser: async () => chooser };
}

function built<T>(module: string): Promise<T> {
  return import(new URL(`../../functions/lib/assistant/${module}.js`, import.meta.url).href);
}
