import { describe, expect, it } from 'vitest';
import { createPeopleOnCall } from '../../paging/people.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
/** A Saturday in Kolkata. */
const MORNING = '2025-10-04T09:00:00+05:30';

async function withRota() {
  const office = await openOffice();
  const { steel } = office;
  const hire = async (name: string, fields: object) =>
    (
      await steel.company_admin.post('/api/admins', {
        name,
        email: `${name}@steel.example`,
        role: 'supervisor',
        ...fields,
      })
    ).body.id as string;
  const asha = await hire('asha', { phone: '+15550100021' });
  const ravi = await hire('ravi', {});
  const reaching = {
    steps: [
      { who: ['rota'], wait_seconds: 30 },
      { who: [ravi, 'gone', 'steel_viewer'], wait_seconds: 60 },
      { who: ['everyone', asha], wait_seconds: 120 },
    ],
    rota: [
      { admin_id: asha, days: EVERY_DAY, from: '06:00', to: '18:00' },
      { admin_id: ravi, days: [6], from: '18:00', to: '02:00' },
    ],
    days_off: [{ admin_id: asha, from: '2025-10-05', to: '2025-10-05' }],
  };
  expect((await steel.company_admin.patch('/api/company', { reaching })).status).toBe(200);
  return { ...office, asha, ravi, reaching };
}

const at = (text: string) => `/api/on-call?at=${encodeURIComponent(text)}`;
const idsOf = (people: { id: string }[]) => people.map(({ id }) => id);

describe('who would be fetched at a moment', () => {
  it('is told to every role, step by step, with who can not be', async () => {
    const { steel, asha, ravi } = await withRota();
    const expected = {
      at: MORNING,
      time_zone: 'Asia/Kolkata',
      on_duty: [{ id: asha, name: 'asha', unreachable: null }],
      steps: [
        {
          who: ['rota'],
          wait_seconds: 30,
          after_seconds: 0,
          people: [{ id: asha, name: 'asha', unreachable: null }],
        },
        {
          who: [ravi, 'gone', 'steel_viewer'],
          wait_seconds: 60,
          after_seconds: 30,
          people: [
            { id: ravi, name: 'ravi', unreachable: 'no_phone' },
            { id: 'gone', name: null, unreachable: 'removed' },
            { id: 'steel_viewer', name: 'viewer of steel', unreachable: 'viewer' },
          ],
        },
        { who: ['everyone', asha], wait_seconds: 120, after_seconds: 90 },
      ],
    };
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      const { body } = await steel[role].get(at(MORNING));
      expect(body).toMatchObject(expected);
      expect(idsOf(body.steps[2].people).sort()).toEqual(
        [asha, ravi, 'steel_company_admin', 'steel_supervisor'].sort(),
      );
    }
  });

  it('follows the rota, the days off, and who is disabled', async () => {
    const { steel, asha, ravi } = await withRota();
    const onDuty = async (text: string) => idsOf((await steel.viewer.get(at(text))).body.on_duty);
    expect(await onDuty('2025-10-04T19:00:00+05:30')).toEqual([ravi]);
    expect(await onDuty('2025-10-05T01:00:00+05:30')).toEqual([ravi]);
    expect(await onDuty('2025-10-05T09:00:00+05:30')).toEqual([]);
    await steel.company_admin.patch(`/api/admins/${asha}`, { disabled: true });
    const { body } = await steel.viewer.get(at(MORNING));
    expect(body.on_duty).toEqual([{ id: asha, name: 'asha', unreachable: 'disabled' }]);
  });

  it('is who the pages go to', async () => {
    const { steel, firestore, companies } = await withRota();
    for (const text of [MORNING, '2025-10-04T19:00:00+05:30', '2025-10-05T09:00:00+05:30']) {
      const people = createPeopleOnCall({
        firestore: async () => firestore,
        companies,
        now: () => Date.parse(text),
      });
      const { body } = await steel.viewer.get(at(text));
      for (const { who, people: shown } of body.steps) {
        const fetched = idsOf(await people.of('steel', who));
        const reachable = shown.filter(
          ({ unreachable }: { unreachable: string | null }) => unreachable === null,
        );
        expect(idsOf(reachable).sort()).toEqual(fetched.sort());
      }
    }
  });

  it('is of the own company alone (I6), and of now where no moment is named', async () => {
    const { paper, asha } = await withRota();
    const { body, text } = await paper.viewer.get('/api/on-call');
    expect(text).not.toContain(asha);
    expect(Math.abs(Date.parse(body.at) - Date.now())).toBeLessThan(60_000);
  });

  it('takes a moment without offset by the clock of the company', async () => {
    const { steel } = await withRota();
    expect((await steel.viewer.get('/api/on-call?at=2025-10-04T09:00')).body).toEqual(
      (await steel.viewer.get(at(MORNING))).body,
    );
  });

  it.each(['at=yesterday', 'at=2025-10-04', 'at=0001-01-01T00:00:00Z'])(
    'is not told for %s',
    async (query) => {
      const { steel } = await openOffice();
      expectError(await steel.viewer.get(`/api/on-call?${query}`), 400, 'invalid_request');
    },
  );
});

describe('the week on call', () => {
  it('shows who is on duty from midnight to midnight, and where nobody would come', async () => {
    const { steel, asha, ravi } = await withRota();
    const { body } = await steel.viewer.get('/api/on-call/week?from=2025-10-04');
    expect(body.days.map(({ date }: { date: string }) => date)).toEqual([
      ...['2025-10-04', '2025-10-05', '2025-10-06', '2025-10-07'],
      ...['2025-10-08', '2025-10-09', '2025-10-10'],
    ]);
    const span = (from: string, to: string, people: string[], covered: boolean) => ({
      from: `${from}:00+05:30`,
      to: `${to}:00+05:30`,
      people,
      covered,
    });
    expect(body.days.slice(0, 2)).toEqual([
      {
        date: '2025-10-04',
        spans: [
          span('2025-10-04T00:00', '2025-10-04T06:00', [], false),
          span('2025-10-04T06:00', '2025-10-04T18:00', [asha], true),
          span('2025-10-04T18:00', '2025-10-05T00:00', [ravi], false),
        ],
      },
      {
        date: '2025-10-05',
        spans: [
          span('2025-10-05T00:00', '2025-10-05T02:00', [ravi], false),
          span('2025-10-05T02:00', '2025-10-06T00:00', [], false),
        ],
      },
    ]);
    expect(body.people).toEqual([
      { id: asha, name: 'asha', unreachable: null },
      { id: ravi, name: 'ravi', unreachable: 'no_phone' },
    ]);
  });

  it('begins on Monday of this week where no day is named', async () => {
    const { steel } = await withRota();
    const { body } = await steel.supervisor.get('/api/on-call/week');
    expect(new Date(`${body.days[0].date}T00:00:00Z`).getUTCDay()).toBe(1);
  });

  it.each(['from=monday', 'from=2025-02-30', 'from=9999-12-31'])(
    'is not told for %s',
    async (query) => {
      const { steel } = await openOffice();
      expectError(await steel.viewer.get(`/api/on-call/week?${query}`), 400, 'invalid_request');
    },
  );
});

describe('a rota that is not saved', () => {
  it('is shown as it would be, and changes nothing', async () => {
    const { steel, ravi, reaching, audited } = await withRota();
    const before = (await audited()).length;
    const tried = {
      ...reaching,
      steps: [{ who: ['rota'], wait_seconds: 45 }],
      rota: [{ admin_id: ravi, days: EVERY_DAY, from: '00:00', to: '00:00' }],
      days_off: [],
    };
    const asked = { reaching: tried, at: '2025-10-04T09:00', from: '2025-10-04' };
    const { body, status } = await steel.supervisor.post('/api/on-call/preview', asked);
    expect(status).toBe(200);
    expect(body.moment.steps).toMatchObject([{ wait_seconds: 45, people: [{ id: ravi }] }]);
    expect(body.week.days).toHaveLength(7);
    expect(body.week.days[0].spans).toMatchObject([{ people: [ravi], covered: false }]);
    expect((await steel.viewer.get('/api/company')).body.reaching).toMatchObject(reaching);
    expect(await audited()).toHaveLength(before);
  });

  it.each([
    {},
    { reaching: { rota: [{ admin_id: 'a', days: [], from: '1', to: '2' }] } },
    { reaching: {}, at: 'now' },
  ])('is refused where it is %j (I7)', async (body) => {
    const { steel } = await openOffice();
    const refused = await steel.company_admin.post('/api/on-call/preview', body);
    expectError(refused, 400, 'invalid_request');
  });
});
