import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assistant } from '../../assistant/assistant.ts';
import { conversationId } from '../../calls/ids.ts';
import { readConversation } from '../../calls/live.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';
import { createQuietTexts } from '../../upkeep/quiet-texts.ts';
import { recordingLog } from '../../upkeep/upkeep.fixture.ts';
import { QUIET_AFTER, report, useTexts } from './text.fixture.ts';

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
      { numRuns: 25 },
    );
  }, 120_000);
});

describe('turns while the sweep ends a conversation that was quiet', () => {
  it('are recorded once each, in any interleaving (I2, I3)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), requests, async (scheduler, all) => {
        const { instance, database, mirror, clock } = await setUp();
        const wrap = scheduled(scheduler);
        const instances = ['A', 'B'].map((name) => instance({ assistant: speaking(name), wrap }));
        await instance().take(report({ idempotencyKey: 'first', speech: 'words first' }));
        clock.now += QUIET_AFTER;
        const sweep = createQuietTexts({
          database: wrap(database),
          apply: mirror.apply,
          quietAfter: QUIET_AFTER,
          now: () => clock.now,
          log: recordingLog().log,
        });
        const asked = all.map(({ key, instance }) =>
          instances[instance]?.take(report({ idempotencyKey: key, speech: `words ${key}` })),
        );
        await scheduler.waitFor(Promise.all([sweep(), ...asked]));

        const conversations = (await database.read(live.conversations)).value as object;
        const said = Object.values(conversations)
          .flatMap((conversation) => Object.values(readConversation(conversation).messages))
          .filter(({ role }) => role === 'user')
          .map(({ content }) => content);
        const keys = new Set(['first', ...all.map(({ key }) => key)]);
        expect(said.sort()).toEqual([...keys].map((key) => `words ${key}`).sort());
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
