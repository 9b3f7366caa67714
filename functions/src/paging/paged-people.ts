import { z } from 'zod';
import { CALL_ID, shortHash } from '../calls/ids.ts';
import { changeAt, type LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';

/** Tries at one person while several calls page them. */
const MOST_TRIES = 20;
/** Chains that one person is asked about at a time. */
const MOST_CHAINS = 20;

/** Which calls somebody was asked about by SMS; each has a number for their answer, from 1. */
export const Asked = z.object({
  admin_id: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  calls: z.record(
    z.string().regex(CALL_ID),
    z.object({ number: z.number().int().min(1), at: z.number().int().min(0) }),
  ),
});
export type Asked = z.infer<typeof Asked>;

export interface PagedPeople {
  /**
   * Notes, before the message is sent, that its answer will be for this call; resolves to the call's
   * number for this person, which stays.
   */
  ask(to: { companyId: string; phone: string; adminId: string }, callId: string): Promise<number>;
  /** Undefined for somebody who was asked nothing. */
  of(companyId: string, phone: string): Promise<Asked | undefined>;
}

export function createPagedPeople(options: {
  database: LiveDatabase;
  /** Epoch milliseconds. */
  now: () => number;
}): PagedPeople {
  const { database, now } = options;
  const pathOf = (companyId: string, phone: string) =>
    live.pagedPerson(shortHash(JSON.stringify([companyId, phone]), 32));

  return {
    async ask({ companyId, phone, adminId }, callId) {
      let number = 1;
      await changeAt(database, pathOf(companyId, phone), MOST_TRIES, (value) => {
        const calls = newest(Asked.safeParse(value).data?.calls ?? {});
        number = calls[callId]?.number ?? free(Object.values(calls).map((call) => call.number));
        return { admin_id: adminId, calls: { ...calls, [callId]: { number, at: now() } } };
      });
      return number;
    },
    async of(companyId, phone) {
      return Asked.safeParse((await database.read(pathOf(companyId, phone))).value).data;
    },
  };
}

function free(taken: readonly number[]): number {
  let number = 1;
  while (taken.includes(number)) number++;
  return number;
}

function newest(calls: Asked['calls']): Asked['calls'] {
  const inOrder = Object.entries(calls).sort(([, a], [, b]) => b.at - a.at);
  return Object.fromEntries(inOrder.slice(0, MOST_CHAINS - 1));
}
