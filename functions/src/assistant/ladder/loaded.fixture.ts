import { registerHooks } from 'node:module';

/** Loads the ladder as a process does, and prints which packages are there before and after. */
const packages = new Set<string>();
registerHooks({
  load(url, context, next) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    if (name) packages.add(name);
    return next(url, context);
  },
});

const { createLadder } = await import('./ladder.ts');
const { createDialogue } = await import('../dialogue/dialogue.ts');
const { embeddedPack } = await import('../manual/embedded-pack.ts');
const pack = embeddedPack();
const log = { info() {}, warn() {}, error() {}, alert() {} };
const chooser = async () =>
  (await import('./chooser.ts')).createChooser({
    model: 'test-model',
    hedgeModel: 'test-model',
    baseUrl: 'http://127.0.0.1:9/v1',
    apiKey: 'test-key',
    budgets: { hedgeAfter: 1, giveUpAfter: 1 },
    log,
    now: Date.now,
  });
const ladder = createLadder({
  dialogue: createDialogue({ packs: { of: () => pack } }),
  chooser,
  log,
});
const cold = [...packages];
await ladder.warm();
const warm = [...packages];
process.stdout.write(JSON.stringify({ cold, warm }));
