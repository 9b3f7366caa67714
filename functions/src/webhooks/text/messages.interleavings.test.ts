import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assistant } from '../../assistant/assistant.ts';
import { conversationId } from '../../calls/ids.ts';
import { readConversation } from '../../calls/live.ts';
import { AuroraError } from '../../errors.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';
import { message, messageSid, useMessages } from './messages.fixture.ts';

const setUp = useMessages();
const LONG = 60_000;

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

function wrapping(around: <T>(ask: (...of: never[]) => Promise<T>) => typeof ask) {
  return (database: LiveDatabase): LiveDatabase => ({
    read: around(database.read) as LiveDatabase['read'],
    keys: around(database.keys) as LiveDatabase['keys'],
    create: around(database.create) as LiveDatabase['create'],
    compareAndSet: around(database.compareAndSet) as LiveDatabase['compareAndSet'],
  });
}

const deliveries = fc.array(
  fc.record({ sms: fc.constantFrom('a', 'b', 'c'), instance: fc.nat({ max: 1 }) }),
  { minLength: 2, maxLength: 6 },
);

const named = (sms: string) => message(`words ${sms}`, { MessageSid: messageSid(`named ${sms}`) });

describe('messages that Twilio delivers to two instances, in any interleaving', () => {
  it('are one call, one turn and one reply for each MessageSid (I3)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), deliveries, async (scheduler, all) => {
        const { receiver, onlyCall } = await setUp();
        const wrap = wrapping((ask) => scheduler.scheduleFunction(ask));
        const instances = ['A', 'B'].map((name) =>
          receiver({ assistant: speaking(name), wrap, patience: LONG, watchdog: LONG }),
        );
        const sent = all.map(async ({ sms, instance }) => ({
          sms,
          replies: (await instances[instance]?.receive(named(sms)))?.replies,
        }));
        const answers = await scheduler.waitFor(Promise.all(sent));

        const { messages } = await onlyCall();
        const each = [...new Set(all.map(({ sms }) => sms))];
        const words = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
        expect(words.sort()).toEqual(each.map((sms) => `words ${sms}`).sort());
        expect(messages).toHaveLength(2 * each.length);
        for (const sms of each) {
          const told = answers.filter((one) => one.sms === sms).map(({ replies }) => replies);
          expect(new Set(told.map((replies) => JSON.stringify(replies))).size).toBe(1);
          expect(messages.map(({ content }) => content)).toContain(told[0]?.[0]);
        }
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});

describe('messages while the Realtime Database fails now and then', () => {
  it('are each answered, and there once, on one instance (I1, I2, I3)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (failures, all, atOnce) => {
          const { receiver, calls, database } = await setUp();
          let asked = 0;
          const wrap = wrapping((ask) => async (...of) => {
            if (failures[asked++ % failures.length]) {
              throw new AuroraError(503, 'database_away', 'Away.');
            }
            return ask(...of);
          });
          const { receive } = receiver({ assistant: speaking('A'), wrap, tasksWait: false });
          const answers = [];
          if (atOnce) answers.push(...(await Promise.all(all.map((sms) => receive(named(sms))))));
          else for (const sms of all) answers.push(await receive(named(sms)));

          for (const { replies } of answers) expect(replies).toHaveLength(1);
          const conversations = await Promise.all(
            (await calls()).map((id) => database.read(live.conversation(conversationId(id)))),
          );
          const said = conversations
            .flatMap(({ value }) => Object.values(readConversation(value).messages))
            .filter(({ role }) => role === 'user')
            .map(({ content }) => content);
          const each = [...new Set(all)];
          expect(said.sort()).toEqual(each.map((sms) => `words ${sms}`).sort());
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});
