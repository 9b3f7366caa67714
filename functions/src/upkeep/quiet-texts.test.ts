import { describe, expect, it } from 'vitest';
import { callStarted } from '../calls/started.ts';
import { isoInZone } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import { live } from '../paths.ts';
import { openTextKey } from '../webhooks/text/open-texts.ts';
import {
  MINUTE,
  NUMBER,
  QUIET_AFTER,
  report,
  START,
  useTexts,
  ZONE,
} from '../webhooks/text/text.fixture.ts';
import { createQuietTexts } from './quiet-texts.ts';
import { recordingLog } from './upkeep.fixture.ts';

const setUpTexts = useTexts();
const OPEN = live.openText('demo', openTextKey('api', NUMBER));

async function setUp(wrap: (database: LiveDatabase) => LiveDatabase = (database) => database) {
  const texts = await setUpTexts();
  const { database, mirror, clock } = texts;
  const { log, lines } = recordingLog();
  const endQuietTexts = createQuietTexts({
    database: wrap(database),
    apply: mirror.apply,
    quietAfter: QUIET_AFTER,
    now: () => clock.now,
    log,
  });
  return { ...texts, endQuietTexts, lines };
}

describe('text conversations in which nobody writes', () => {
  it('are ended with their last message', async () => {
    const { instance, endQuietTexts, clock, liveCall } = await setUp();
    const { call_id } = await instance().take(report());
    clock.now += QUIET_AFTER;
    expect(await endQuietTexts()).toBe(1);
    expect(await liveCall(call_id)).toMatchObject({
      status: 'ENDED',
      end_reason: 'quiet',
      ended_at: isoInZone(START, ZONE),
    });
    expect(await endQuietTexts()).toBe(0);
  });

  it('go on until then', async () => {
    const { instance, endQuietTexts, clock, liveCall, database } = await setUp();
    const { call_id } = await instance().take(report());
    clock.now += QUIET_AFTER - 1_000;
    expect(await endQuietTexts()).toBe(0);
    expect((await liveCall(call_id))?.status).toBe('ACTIVE');
    expect((await database.read(OPEN)).value).not.toBeNull();
  });

  it('don’t end voice calls, however quiet', async () => {
    const { endQuietTexts, mirror, clock, liveCall } = await setUp();
    const call_id = 'call_15550100001_20251004_143000_abcdef';
    const at = isoInZone(START, ZONE);
    await mirror.apply([
      callStarted({ call_id, at, mobile_no: NUMBER, medium: 'Voice', company_id: 'demo' }),
    ]);
    clock.now += 100 * QUIET_AFTER;
    expect(await endQuietTexts()).toBe(0);
    expect((await liveCall(call_id))?.status).toBe('ACTIVE');
  });

  it('go on when somebody writes at that moment', async () => {
    let write = async () => {};
    const { instance, endQuietTexts, clock, liveCall } = await setUp((database) => ({
      ...database,
      read: async (path) => {
        const read = await database.read(path);
        if (path === live.calls) await write();
        return read;
      },
    }));
    const { take } = instance();
    const { call_id } = await take(report());
    write = async () => void (await take(report({ idempotencyKey: 'key-2' })));
    clock.now += QUIET_AFTER;
    expect(await endQuietTexts()).toBe(0);
    expect((await liveCall(call_id))?.status).toBe('ACTIVE');
  });

  it('are all looked after, although one can’t be ended', async () => {
    const { instance, endQuietTexts, clock, lines } = await setUp((database) => ({
      ...database,
      read: (path) =>
        path.startsWith('active_calls/call_15550100001')
          ? Promise.reject(new AuroraError(503, 'database_away', 'Away.'))
          : database.read(path),
    }));
    const { take } = instance();
    await take(report());
    await take(report({ idempotencyKey: 'key-2', phoneNumber: '+15550100002' }));
    clock.now += QUIET_AFTER;
    expect(await endQuietTexts()).toBe(1);
    expect(lines).toMatchObject([{ severity: 'error', fields: { count: 1 } }]);
  });
});

describe('what leads to a text conversation', () => {
  it('is removed once its call is no longer live', async () => {
    const { instance, endQuietTexts, clock, database, settle } = await setUp();
    const { call_id } = await instance().take(report());
    clock.now += QUIET_AFTER;
    await endQuietTexts();
    expect((await database.read(OPEN)).value).not.toBeNull();
    await settle.settle(call_id);
    await endQuietTexts();
    expect((await database.read(OPEN)).value).toBeNull();
  });

  it('stays while its call may only not be live yet', async () => {
    const { instance, endQuietTexts, clock, database } = await setUp();
    await instance({ tasksWait: true }).take(report());
    clock.now += MINUTE;
    await endQuietTexts();
    expect((await database.read(OPEN)).value).not.toBeNull();
  });

  it('stays where a conversation opens meanwhile', async () => {
    let open = async () => {};
    const { instance, endQuietTexts, clock, database, settle } = await setUp((database) => ({
      ...database,
      compareAndSet: async (path, etag, value) => {
        await open();
        return database.compareAndSet(path, etag, value);
      },
    }));
    const { take } = instance();
    const { call_id } = await take(report());
    clock.now += QUIET_AFTER;
    await endQuietTexts();
    await settle.settle(call_id);
    let opened: string | undefined;
    open = async () => {
      opened = (await take(report({ idempotencyKey: 'key-2' }))).call_id;
    };
    await endQuietTexts();
    expect((await database.read(OPEN)).value).toMatchObject({ call_id: opened });
  });

  it('is removed where it can’t be read', async () => {
    const { endQuietTexts, database } = await setUp();
    await database.create(OPEN, 'call_x');
    await endQuietTexts();
    expect((await database.read(OPEN)).value).toBeNull();
  });
});
