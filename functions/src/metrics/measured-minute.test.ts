import { describe, expect, it } from 'vitest';
import type { ProbeTask } from '../mirror/task-queue.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { createMeasuredMinute } from './measured-minute.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const away = () => Promise.reject(new Error('away'));

function setUp(options: Partial<Parameters<typeof createMeasuredMinute>[0]> = {}) {
  const { log, lines } = recordingLog();
  const sent: ProbeTask[] = [];
  const written: (string | undefined)[][] = [];
  const everyMinute = createMeasuredMinute({
    run: async () => {},
    databases: { realtime_database: async () => {}, firestore: async () => {} },
    enqueue: async (task) => void sent.push(task),
    flush: async () => void written.push(lines.map(({ fields }) => fields?.metric)),
    now: () => NOW,
    log,
    ...options,
  });
  const measured = () =>
    lines.map(({ fields }) => ({ metric: fields?.metric, outcome: fields?.outcome }));
  return { everyMinute, measured, sent, written };
}

describe('the measured minute', () => {
  it('sends a probe, and is written down with what it did', async () => {
    const { everyMinute, measured, sent, written } = setUp();
    await everyMinute();
    expect(sent).toEqual([{ probe: '2026-11-27T12:00:00.000Z' }]);
    expect(measured()).toEqual([{ metric: 'schedule_ran', outcome: 'ok' }]);
    expect(written).toEqual([['schedule_ran']]);
  });

  it('fails as the schedule does, and is measured all the same', async () => {
    const { everyMinute, measured, written } = setUp({ run: away });
    await expect(everyMinute()).rejects.toThrow('away');
    expect(measured()).toEqual([{ metric: 'schedule_ran', outcome: 'failed' }]);
    expect(written).toHaveLength(1);
  });

  it('runs although a database and the queue are away, and tells of the database', async () => {
    let ran = 0;
    const { everyMinute, measured } = setUp({
      run: async () => void ran++,
      databases: { realtime_database: away, firestore: async () => {} },
      enqueue: away,
    });
    await everyMinute();
    expect(ran).toBe(1);
    expect(measured()).toEqual([
      { metric: 'database_away', outcome: 'realtime_database' },
      { metric: 'schedule_ran', outcome: 'ok' },
    ]);
  });
});
