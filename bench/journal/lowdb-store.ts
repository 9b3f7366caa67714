import fs from 'node:fs';
import path from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { addTo, emptyTotal, type Total } from './conversations.ts';
import type { Store } from './store.ts';

/** lowdb 7: the data in memory, all of it written for every change (temporary file and rename). */
export function createLowdbStore(directory: string): Store {
  const file = path.join(directory, 'total.json');
  const db = new Low<Total>(new JSONFile(file), emptyTotal());
  return {
    async fill(additions) {
      for (const addition of additions) addTo(db.data, addition);
      await db.write();
    },
    append: (addition) => db.update((total) => addTo(total, addition)),
    async finish() {
      await db.write();
      return JSON.parse(fs.readFileSync(file, 'utf8'));
    },
  };
}
