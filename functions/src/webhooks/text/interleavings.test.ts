import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assistant } from '../../assistant/assistant.ts';
import { conversationId } from '../../calls/ids.ts';
import { readConversation } from '../../calls/live.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';
import { report, useTexts } from './text.fixture.ts';

const setUp = useTexts();

/** Two instances word the same reply differently. */
function speaking(name: string): Assistant {
  let replies = 0;
  return {
    reply: async (_, { text }) => ({
      reply: `${name} ${++replies} to ${text}`,
      urgency: 'NORMAL',
      sources: '',
    }),
    card: () => ({ reply: 'card', urgency: 'URGENT', sources: '' }),
  };
}

/** Each request to the database waits for its turn, which the scheduler gives. */
function scheduled(scheduler: fc.Scheduler) {
  return (database: LiveDatabase): LiveDatabase => ({
    read: scheduler.scheduleFunction(database.read),
    keys: scheduler.scheduleFunction(database.keys),
    create: scheduler.scheduleFunction(database.create),
    compareAndSet: scheduler.scheduleFunction(database.compareAndSet),
  });
}

const requests = fc.array(
  fc.record({ key: fc.constantFrom('a', 'b', 'c'), instance: fc.nat({ max: 1 }) }),
  { minLength: 2, maxLength: 6 },
);

describe('requests on two instances, in any interleaving', () => {
  it('are one call for one conversation, one turn and one answer for each key (I3)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        requests,
        fc.boolean(),
        async (scheduler, all, tasksWait) => {
          const { instance, database, calls, tasks, mirror } = await setUp();
          const instances = ['A', 'B'].map((name) =>
            instance({ assistant: speaking(name), wrap: scheduled(scheduler), tasksWait }),
          );
          const asked = all.map(async ({ key, instance }) => ({
            key,
            answer: await instances[instance]?.take(
              report({ idempotencyKey: key, speech: `words ${key}` }),
            ),
          }));
          const answers = await scheduler.waitFor(Promise.all(asked));
          for (const events of tasks) await mirror.apply(events);

          const keys = [...new Set(all.map(({ key }) => key))];
          const [callId = '', ...others] = await calls();
          expect(others).toEqual([]);
          const { value } = await database.read(live.conversation(conversationId(callId)));
          const said = Object.values(readConversation(value).messages);
          const words = said.filter(({ role }) => role === 'user').map(({ content }) => content);
          expect(words.sort()).toEqual(keys.map((key) => `words ${key}`).sort());
          expect(said).toHaveLength(2 * keys.length);
          for (const key of keys) {
            const told = answers.filter((one) => one.key === key).map(({ answer }) => answer);
            expect(new Set(told.map((answer) => JSON.stringify(answer))).size).toBe(1);
            expect(said.map(({ content }) => content)).toContain(told[0]?.response);
            expect(told[0]?.call_id).toBe(callId);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
