import fs from 'node:fs';
import path from 'node:path';
import { addTo, emptyTotal, type Total } from './conversations.ts';
import type { Store } from './store.ts';

/** The reference algorithm: for every message, parse all of total.json, change it, rewrite it. */
export function createReferenceStore(directory: string): Store {
  const file = path.join(directory, 'total.json');
  const read = (): Total => JSON.parse(fs.readFileSync(file, 'utf8'));
  const write = (total: Total) => fs.writeFileSync(file, JSON.stringify(total));
  write(emptyTotal());
  return {
    fill(additions) {
      const total = emptyTotal();
      for (const addition of additions) addTo(total, addition);
      write(total);
    },
    append(addition) {
      const total = read();
      addTo(total, addition);
      write(total);
    },
    finish: async () => read(),
  };
}
