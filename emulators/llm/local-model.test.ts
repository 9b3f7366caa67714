import { expect, test } from 'vitest';
import { createDialogue } from '../../functions/src/assistant/dialogue/dialogue.ts';
import { createChooser } from '../../functions/src/assistant/ladder/chooser.ts';
import { createLadder } from '../../functions/src/assistant/ladder/ladder.ts';
import { embeddedPack } from '../../functions/src/assistant/manual/embedded-pack.ts';
import { type LocalModel, startLocalModel } from './local-model.ts';

/** Milliseconds; what answers has time enough on a busy machine, what hangs is not waited for. */
const PATIENT = { hedgeAfter: 20_000, giveUpAfter: 25_000 };

test.each<[LocalModel, string, { hedgeAfter: number; giveUpAfter: number }]>([
  ['answers', 'model', PATIENT],
  ['slow', 'hedge', { ...PATIENT, hedgeAfter: 5 }],
  ['hangs', 'passage', { hedgeAfter: 5, giveUpAfter: 60 }],
  ['fails', 'passage', PATIENT],
])('with a local model that %s the reply comes from the rung "%s"', async (how, rung, budgets) => {
  const { server, settings } = await startLocalModel(how, '127.0.0.1');
  try {
    const log = { info() {}, warn() {}, error() {}, alert() {} };
    const chooser = createChooser({
      model: settings.LLM_MODEL ?? '',
      hedgeModel: settings.LLM_HEDGE_MODEL ?? '',
      baseUrl: settings.LLM_BASE_URL ?? '',
      apiKey: settings.LLM_API_KEY ?? '',
      budgets,
      log,
      now: Date.now,
    });
    const pack = embeddedPack();
    const dialogue = createDialogue({ packs: { of: () => pack } });
    const ladder = createLadder({ dialogue, chooser: async () => chooser, log });
    const words = { text: 'how long must I rinse my eyes' };
    const reply = await ladder.reply([], words, { urgency: 'NORMAL', emergency_number: '112' });
    expect(reply.grounding?.rung).toBe(rung);
    expect(reply.sources).not.toBe('');
  } finally {
    await server.stop();
  }
});
