import { createDatabase, type Database } from '../engine/database.ts';
import type { CheckedIndexConfiguration } from '../engine/index-configuration.ts';
import { databaseOf } from '../engine/resource-name.ts';

/** All databases of the server. Each comes into being when it is first named. */
export interface Databases {
  /** The database of any resource name in it. */
  of(resourceName: string | null | undefined): Database;
  names(): string[];
  close(): void;
}

export function createDatabases(indexes?: CheckedIndexConfiguration): Databases {
  const databases = new Map<string, Database>();

  return {
    of(resourceName) {
      const name = databaseOf(resourceName ?? '');
      const existing = databases.get(name);
      if (existing) return existing;
      const database = createDatabase({ name, ...(indexes && { indexes }) });
      databases.set(name, database);
      return database;
    },
    names: () => [...databases.keys()].sort(),
    close() {
      for (const database of databases.values()) database.close();
    },
  };
}
