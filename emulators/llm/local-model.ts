import { z } from 'zod';
import type { Behaviour } from './behaviour.ts';
import { createLlmServer, type LlmServer } from './server.ts';

/** How the model of the local suite behaves: each shows another rung of the assistant's ladder. */
export const LOCAL_MODELS = ['answers', 'slow', 'hangs', 'fails'] as const;
export type LocalModel = (typeof LOCAL_MODELS)[number];

/** Milliseconds; the second model is asked before that. */
const SLOW = 1_500;

const Menu = z.object({
  passages: z.array(z.object({ id: z.string() })),
  questions: z.array(z.object({ id: z.string() })),
});
const Asked = z.object({ turn: z.object({ urgency_so_far: z.string(), menu: Menu }) });

/**
 * A model without a mind: it takes the first passage and the first question that it is offered, and
 * judges as the rules did. Enough to see that the ladder works, and not to judge what a model is worth.
 */
function chooseFirst(user: string): string {
  const { turn } = Asked.parse(JSON.parse(user));
  return JSON.stringify({
    urgency: turn.urgency_so_far,
    card: null,
    steps: [],
    passages: turn.menu.passages.slice(0, 1).map(({ id }) => id),
    question: turn.menu.questions[0]?.id ?? null,
    acknowledgement: 'I understand.',
    answer: null,
    facts: { where: null, injured: null, trapped: null },
  });
}

const BEHAVIOURS: Record<LocalModel, { first: Behaviour; second: Behaviour }> = {
  answers: both({ kind: 'answer', text: chooseFirst }),
  slow: {
    first: { kind: 'answer', text: chooseFirst, firstTokenAfter: SLOW },
    second: { kind: 'answer', text: chooseFirst },
  },
  hangs: both({ kind: 'hang' }),
  fails: both({ kind: 'fail', status: 503 }),
};

function both(behaviour: Behaviour) {
  return { first: behaviour, second: behaviour };
}

/** Starts such a model, and tells the settings with which the functions ask it. */
export async function startLocalModel(
  model: LocalModel,
  host: string,
): Promise<{ server: LlmServer; settings: Record<string, string> }> {
  const { first, second } = BEHAVIOURS[model];
  const server = createLlmServer({ host, port: 0, always: first });
  server.always(second, 'local-hedge');
  await server.start();
  return {
    server,
    settings: {
      LLM_MODEL: 'local-model',
      LLM_HEDGE_MODEL: 'local-hedge',
      LLM_BASE_URL: server.url,
      LLM_API_KEY: 'local-llm-key',
    },
  };
}
