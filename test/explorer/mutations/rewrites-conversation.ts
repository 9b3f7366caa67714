import type { LiveDatabase } from '../../../functions/src/live-database.ts';
import { type Parts, PRODUCTION } from '../parts.ts';
import type { PlainWrites } from '../realtime-database.ts';

/** A message is added by reading the conversation and writing it back whole. */
export const rewritesConversation: Parts = {
  ...PRODUCTION,
  createMirror: (options) => {
    const database = options.database as LiveDatabase & PlainWrites;
    return PRODUCTION.createMirror({
      ...options,
      database: {
        ...database,
        create: async (path, value) => {
          const [conversation, id] = path.split('/messages/');
          if (conversation === undefined || id === undefined) return database.create(path, value);
          const known = (await database.read(conversation)).value as { messages?: object } | null;
          await database.put(conversation, {
            ...known,
            messages: { ...known?.messages, [id]: value },
          });
          return { done: true };
        },
      },
    });
  },
};
