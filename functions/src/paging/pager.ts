import type { Companies } from '../access/companies.ts';
import type { Log } from '../log.ts';
import type { Emergency } from './emergency.ts';
import { createMerge } from './merge.ts';
import type { PeopleOnCall } from './people.ts';
import type { Calls, Queue } from './ports.ts';
import { createRaise } from './raise.ts';
import { createRunAll } from './run-all.ts';
import { createRunDue, type Ran } from './run-due.ts';
import { createRunStage } from './run-stage.ts';
import { createSchedule } from './schedule.ts';
import type { SendPages } from './send.ts';
import type { ChainStore } from './store.ts';
import type { TellOthers } from './tell-others.ts';
import type { Timeline } from './timeline.ts';
import type { FindTold } from './told.ts';
import type { Outcome, Wish } from './wish.ts';

export interface Pager {
  /** Fetches people, and sends the first pages before it resolves. @throws AuroraError 503 */
  raise(wish: Wish): Promise<Outcome>;
  /** Does what is due for one call. @throws AuroraError 503 */
  runDue(callId: string, lease?: number): Promise<Ran>;
  /** Does what is due for all; resolves to the number of stages. */
  runAll(): Promise<number>;
  /** Queues the task that does what is due next. Never rejects: the schedule is the safety net. */
  schedule(callId: string, until: number | undefined): Promise<void>;
}

export interface PagerOptions {
  store: ChainStore;
  companies: Pick<Companies, 'of'>;
  people: PeopleOnCall;
  calls: Calls;
  sendPages: SendPages;
  tellOthers: TellOthers;
  emergency: Emergency;
  timeline: Timeline;
  queue: Queue;
  told: FindTold;
  /** A new one for each claim. */
  randomId: () => string;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** Fetches people who are on call, step by step, until somebody comes or none is left to ask. */
export function createPager(options: PagerOptions): Pager {
  const schedule = createSchedule(options);
  const runStage = createRunStage(options);
  // What closes a chain may raise others, and what is raised is run at once.
  const again = (wish: Wish): Promise<Outcome> => raise(wish);
  const runDue = createRunDue({ ...options, runStage, schedule, raise: again });
  const { hostOf, merge } = createMerge({ ...options, runDue, raise: again });
  const raise = createRaise({ ...options, hostOf, merge, runDue });
  const runAll = createRunAll({ ...options, runDue });
  return { raise, runDue, runAll, schedule };
}
