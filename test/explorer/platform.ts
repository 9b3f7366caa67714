import type { CallEvent } from '../../functions/src/calls/model.ts';
import { isRetryable } from '../../functions/src/errors.ts';
import type { Faults } from './faults.ts';
import type { Ledger, Task } from './ledger.ts';
import type { Backend } from './parts.ts';
import { createHost, type Host, type Scheduler } from './scheduler.ts';

/** Milliseconds after which the platform takes a run for lost and starts another. */
const RUN_TIMEOUT = 60_000;
/** Deliveries after which a task or trigger waits until everything works; then, as many again. */
const MOST_DELIVERIES = 9;

export interface PlatformOptions {
  scheduler: Scheduler;
  faults: Faults;
  ledger: Ledger;
  /** The code of one short-lived process. */
  createBackendFor: (host: Host) => Backend;
  trace: (host: Host | undefined, text: () => string) => void;
}

type Work = (backend: Backend) => Promise<unknown>;

/**
 * Cloud Tasks, triggers and the schedule. Each delivery runs in a process of its own, which may
 * crash or freeze; what does not succeed is delivered again, until it does; what has succeeded may
 * be delivered again too. A frozen run that was given up goes on when it thaws.
 */
export function createPlatform(options: PlatformOptions) {
  const { scheduler, faults, ledger, createBackendFor, trace } = options;
  let runs = 0;
  let pages = 0;
  let resting = false;
  const putOff: (() => void)[] = [];

  /** Runs once in a new process. `finished` hears of it once, also when the process is lost, and sees to a retry. */
  function runOnce(name: string, work: Work, finished?: (error: unknown) => void): void {
    runs += 1;
    const host = createHost(`${name}#${runs}`, finished !== undefined);
    host.callsUntilCrash = faults.lifetime(14);
    host.callsUntilFreeze = faults.wakefulness(14);
    let open = true;
    const finish = (error?: unknown) => {
      if (open && finished) scheduler.after(0, undefined, () => finished(error));
      open = false;
      timeout.cancelled = true;
    };
    const timeout = scheduler.after(RUN_TIMEOUT, undefined, () => {
      // What it still does when it thaws comes after the retry.
      host.isRetried = false;
      ledger.strayed = true;
      finish(new Error('timed out'));
    });
    host.onCrash.push(() => finish(new Error('crashed')));
    scheduler.after(0, host, () => {
      trace(host, () => 'starts');
      work(createBackendFor(host)).then(
        () => {
          trace(host, () => 'is done');
          finish();
        },
        (error: unknown) => {
          trace(host, () => `fails: ${(error as Error).message}`);
          finish(error ?? new Error('failed'));
        },
      );
    });
  }

  function deliver(name: string, work: Work, done: () => void, attempt = 0): void {
    runOnce(name, work, (error) => {
      if (error === undefined) {
        done();
        if (faults.repeats())
          scheduler.after(faults.delivery(), undefined, () => again(name, work));
        return;
      }
      if (attempt === MOST_DELIVERIES && !resting) {
        putOff.push(() => deliver(name, work, done));
        return;
      }
      if (attempt === MOST_DELIVERIES) {
        ledger.violations.push(`${name} never succeeds: ${(error as Error).message}`);
        return;
      }
      scheduler.after(faults.backoff(attempt), undefined, () =>
        deliver(name, work, done, attempt + 1),
      );
    });
  }

  /** A repetition of what has succeeded. */
  function again(name: string, work: Work): void {
    runOnce(`${name} again`, work);
  }

  return {
    /** Takes a task on: from here on it is delivered until it succeeds. */
    addTask(events: readonly CallEvent[]): Task {
      const data = JSON.parse(JSON.stringify({ events })) as { events: CallEvent[] };
      const task: Task = { events: data.events, state: 'waiting' };
      ledger.tasks.push(task);
      const name = `task ${ledger.tasks.length}`;
      const work: Work = (backend) => backend.handleTask(data);
      const addedAt = scheduler.now();
      const done = () => {
        task.took = scheduler.now() - addedAt;
        if (task.state === 'waiting') task.state = 'done';
      };
      scheduler.after(faults.delivery(), undefined, () => deliver(name, work, done));
      if (faults.repeats()) scheduler.after(faults.delivery(), undefined, () => again(name, work));
      return task;
    },

    /** A task that pages; its queue may not heed the time for which it was queued. */
    addPage(data: unknown, at: number | undefined): void {
      pages += 1;
      const due = at === undefined || faults.repeats() ? 0 : Math.max(0, at - scheduler.now());
      const page = JSON.parse(JSON.stringify(data)) as unknown;
      const name = `page ${pages}`;
      scheduler.after(due + faults.delivery(), undefined, () =>
        deliver(
          name,
          (backend) => backend.reaching().page(page),
          () => {},
        ),
      );
    },

    /** One request of somebody who tries again, as often as it takes. Resolves to what came of it. */
    request<T>(name: string, work: (backend: Backend) => Promise<T>): Promise<T | Error> {
      return new Promise((resolve) => {
        let result: T | Error = new Error('never answered');
        runOnce(
          name,
          async (backend) => {
            result = await work(backend);
          },
          (error) => resolve(error === undefined ? result : (error as Error)),
        );
      });
    },

    /** What the functions' triggers do: no repetition mends an error that says so. */
    fireTrigger(name: string, work: Work): void {
      const mended: Work = async (backend) => {
        try {
          await work(backend);
        } catch (error) {
          if (isRetryable(error)) throw error;
          ledger.violations.push(`${name} gave up: ${(error as Error).message}`);
        }
      };
      scheduler.after(faults.delivery(), undefined, () => deliver(name, mended, () => {}));
      if (faults.repeats())
        scheduler.after(faults.delivery(), undefined, () => again(name, mended));
    },

    /** Everything works from here on: what kept failing is delivered again. */
    rest(): void {
      resting = true;
      for (const resume of putOff.splice(0)) resume();
    },

    sweep(): void {
      runOnce('sweep', (backend) => backend.sweep());
    },

    /** What the minute schedule does for calls that somebody has, and for people who are fetched. */
    lookAfter(): void {
      runOnce('look after', async (backend) => {
        const { lookAfter, pager } = backend.reaching();
        await Promise.all([lookAfter(), pager.runAll()]);
      });
    },
  };
}

export type Platform = ReturnType<typeof createPlatform>;
