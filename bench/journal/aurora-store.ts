import fs from 'node:fs';
import path from 'node:path';
import { createFileJournal } from '../../functions/src/journal/file-journal.ts';
import { eventsOf } from './conversations.ts';
import type { Store } from './store.ts';

const silent = { info() {}, warn() {}, error: complain, alert: complain };

/** Aurora's journal as it is deployed, with its defaults: it compacts while it is measured. */
export function createAuroraStore(directory: string): Store {
  const journal = createFileJournal({ directory, log: silent });
  return {
    fill(additions) {
      for (const addition of additions) journal.queued(journal.append(eventsOf(addition)));
    },
    append(addition) {
      journal.append(eventsOf(addition));
    },
    async finish() {
      await journal.close();
      const file = path.join(directory, 'instance-1', 'total.json');
      return JSON.parse(fs.readFileSync(file, 'utf8'));
    },
  };
}

function complain(message: string, fields?: { error?: Error | undefined }): never {
  throw new Error(message, { cause: fields?.error });
}
