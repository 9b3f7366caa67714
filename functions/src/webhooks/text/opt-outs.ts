import { optOutKey } from '../../calls/opt-outs.ts';
import type { LiveDatabase } from '../../live-database.ts';
import { live } from '../../paths.ts';

export interface OptOuts {
  isOut(companyId: string, number: string): Promise<boolean>;
  add(companyId: string, number: string, at: string): Promise<void>;
  remove(companyId: string, number: string): Promise<void>;
}

/** Who has written STOP, by company and number. Rejects when the database can't say. */
export function createOptOuts(database: LiveDatabase): OptOuts {
  const pathOf = (companyId: string, number: string) => live.optOut(optOutKey(companyId, number));

  return {
    async isOut(companyId, number) {
      return (await database.read(pathOf(companyId, number))).value !== null;
    },
    async add(companyId, number, at) {
      await database.create(pathOf(companyId, number), { at });
    },
    /** Somebody may write STOP at the same moment; the later word is whichever the database has. */
    async remove(companyId, number) {
      const path = pathOf(companyId, number);
      const { value, etag } = await database.read(path);
      if (value !== null) await database.compareAndSet(path, etag, null);
    },
  };
}
