import { describe, expect, it } from 'vitest';
import { createArchive } from '../../archive/archive.ts';
import { at, ended, GROUNDING, happened, judged, noted } from '../../calls/events.fixture.ts';
import type { CallEvent } from '../../calls/model.ts';
import {
  added,
  callNumber,
  countsOver,
  of,
  reply,
  started,
  words,
} from '../../insights/insights.fixture.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';
import { insightsRoutes } from './insights-routes.ts';

const openOffice = useOffice((parts) =>
  insightsRoutes({
    ...parts,
    firestore: async () => parts.firestore,
    archive: async () => createArchive(parts.firestore, 'Asia/Kolkata'),
  }),
);

const UNKNOWN = 'I have no answer to that in the emergency manual. Is anybody hurt or in danger?';
const DAYS = 'from=2025-10-01&to=2025-10-31';

/** A call of the company `steel`: urgent, with one answer and one question that has none. */
function eventsOf(n: number, fields = {}): CallEvent[] {
  return [
    started(n, { company_id: 'steel', worker_id: 'worker_1', ...fields }),
    added(n, words(1, 'fire', 2)),
    added(n, reply(1, GROUNDING, { seconds: 3 })),
    added(n, words(2, `who has the key of gate ${n}`, 10)),
    added(n, reply(2, { rung: 'person' }, { seconds: 11, content: UNKNOWN })),
    of(n, judged('CRITICAL', 1)),
    of(n, happened(31, { step: 'page_accepted', by: 'steel_supervisor' })),
    of(n, ended(90)),
  ];
}

async function open(calls: CallEvent[][]) {
  const office = await openOffice();
  const { archive, sweep } = countsOver(office.firestore);
  for (const events of calls) await archive.merge(events[0]?.call_id ?? '', { events });
  await sweep();
  await office.firestore.doc(stored.site('steel', 'north')).set({ name: 'North gate' });
  await office.firestore
    .doc(stored.worker('worker_1'))
    .set({ name: 'Asha', company_id: 'steel', mobile_no: '+15550100001' });
  return office;
}

describe('insights', () => {
  it('tell what the calls of some days come to', async () => {
    const noting = of(2, noted(100, { final_action: 'drill' }));
    const { steel } = await open([
      eventsOf(1, { site_id: 'north' }),
      [...eventsOf(2), noting],
      eventsOf(3, { company_id: 'paper' }),
    ]);
    const { status, body } = await steel.company_admin.get(`/api/insights?${DAYS}`);
    expect(status).toBe(200);
    expect(body.days).toHaveLength(31);
    expect(body.days[3]).toEqual({
      day: '2025-10-04',
      calls: 2,
      CRITICAL: 2,
      URGENT: 0,
      NORMAL: 0,
    });
    // A Saturday.
    expect(body.hours[5][14]).toBe(2);
    expect(body.hours.flat().filter((calls: number) => calls > 0)).toEqual([2]);
    expect(body).toMatchObject({
      calls: 2,
      site_id: null,
      time_zone: 'Asia/Kolkata',
      urgency: { CRITICAL: 2, URGENT: 0, NORMAL: 0 },
      medium: { Voice: 2, Text: 0 },
      hazards: [{ hazard: null, calls: 2 }],
      final_actions: [
        { final_action: null, calls: 1 },
        { final_action: 'drill', calls: 1 },
      ],
      sites: [
        { site_id: 'north', name: 'North gate', calls: 1, critical: 1 },
        { site_id: null, name: null, calls: 1, critical: 1 },
      ],
      workers: [{ worker_id: 'worker_1', name: 'Asha', calls: 2, critical: 2 }],
      unanswered: { questions: 2, calls: 2 },
      passages: [
        { passage_id: 'fire#step-1', times: 2 },
        { passage_id: 'fire#step-2', times: 2 },
      ],
      duration: { count: 2, p50: 90, p90: 90, within_target: null, never: null },
      first_answer: { count: 2, p50: 1, p90: 1, within_target: 2, never: null },
      acknowledgement: { count: 2, p50: 30, p90: 30, within_target: 2, never: 0 },
      takeover: { count: 0, p50: null, p90: null, within_target: 0, never: 2 },
    });
    expect(body.rungs).toContainEqual({ rung: 'person', replies: 2 });
  });

  it('are of one site where one is asked for', async () => {
    const { steel } = await open([eventsOf(1, { site_id: 'north' }), eventsOf(2)]);
    const { body } = await steel.company_admin.get(`/api/insights?${DAYS}&site_id=north`);
    expect(body).toMatchObject({
      calls: 1,
      site_id: 'north',
      sites: [{ site_id: 'north', name: 'North gate', calls: 1, critical: 1 }],
    });
    const nowhere = await steel.company_admin.get(`/api/insights?${DAYS}&site_id=nowhere`);
    expect(nowhere.body).toMatchObject({ calls: 0, sites: [] });
  });

  it('name nobody who was removed, nor of another company', async () => {
    const { steel, firestore } = await open([eventsOf(1)]);
    await firestore.doc(stored.worker('worker_1')).update({ company_id: 'paper' });
    const { body } = await steel.company_admin.get(`/api/insights?${DAYS}`);
    expect(body.workers).toEqual([{ worker_id: 'worker_1', name: null, calls: 1, critical: 1 }]);
  });

  it('are for supervisors, without who called, and not for viewers', async () => {
    const { steel } = await open([eventsOf(1)]);
    const seen = await steel.supervisor.get(`/api/insights?${DAYS}`);
    expect(seen.body).toMatchObject({ calls: 1, workers: null });
    expectError(await steel.viewer.get('/api/insights'), 403, 'forbidden');
    const path = `/api/insights/export?${DAYS}&table=workers`;
    expectError(await steel.supervisor.get(path), 403, 'company_admin_only');
  });

  it('are for a company_admin where supervisors see calls of their own only (I6)', async () => {
    const { steel, firestore, passTime } = await open([eventsOf(1)]);
    await firestore.doc(stored.company('steel')).update({ visibility: 'own' });
    passTime(20_000);
    for (const path of ['', '/unanswered', '/export']) {
      const asked = `/api/insights${path}?${DAYS}`;
      expectError(await steel.supervisor.get(asked), 403, 'company_admin_only');
      expect((await steel.company_admin.get(asked)).status).toBe(200);
    }
  });

  it.each([
    ['from=2025-10-02&to=2025-10-01', 'to'],
    ['from=2024-01-01&to=2025-10-01', 'from'],
    ['from=2025-02-30', 'from'],
    ['site_id=__proto__', 'site_id'],
  ])('refuse ?%s, and say why', async (query, field) => {
    const { steel } = await openOffice();
    const answer = await steel.company_admin.get(`/api/insights?${query}`);
    expectError(answer, 400, 'invalid_request');
    expect(answer.body.error.details.fields[0].path).toBe(field);
  });

  it('are of the last 30 days where none are named, and of 400 at most', async () => {
    const { steel } = await openOffice();
    const { body } = await steel.company_admin.get('/api/insights');
    expect(body.days).toHaveLength(30);
    const most = await steel.company_admin.get('/api/insights?from=2024-01-01&to=2025-02-03');
    expect(most.body.days).toHaveLength(400);
  });
});

describe('questions that no manual answers', () => {
  it('are listed with the words, the newest call first, page by page, each once', async () => {
    const calls = [1, 2, 3].map((n) => [
      ...eventsOf(n, { at: at(n) }),
      added(n, words(3, `and of gate ${n}0`, 20)),
      added(n, reply(3, { rung: 'person' }, { seconds: 21, content: UNKNOWN })),
    ]);
    const { steel } = await open([...calls, eventsOf(4, { company_id: 'paper' })]);
    const questions: string[] = [];
    let cursor = '';
    for (let page = 0; page < 9; page++) {
      const path = `/api/insights/unanswered?${DAYS}&limit=1${cursor && `&cursor=${cursor}`}`;
      const { body } = await steel.supervisor.get(path);
      questions.push(...body.items.map(({ question }: { question: string }) => question));
      if (body.next_cursor === null) break;
      cursor = body.next_cursor;
    }
    expect(questions).toEqual(
      [3, 2, 1].flatMap((n) => [`who has the key of gate ${n}`, `and of gate ${n}0`]),
    );
    const all = await steel.supervisor.get(`/api/insights/unanswered?${DAYS}`);
    expect(all.body.items[0]).toEqual({
      call_id: callNumber(3),
      message_id: 'm000002-abcdef0123-0',
      at: at(10),
      site_id: null,
      urgency: 'CRITICAL',
      question: 'who has the key of gate 3',
      answer: UNKNOWN,
    });
    expect(all.body.items).toHaveLength(6);
  });

  it('are one entry of the audit log for each page, which names whose words were on it', async () => {
    const { steel, audited } = await open([
      [
        ...eventsOf(1),
        added(1, words(3, 'and of gate 10', 20)),
        added(1, reply(3, { rung: 'person' }, { seconds: 21, content: UNKNOWN })),
      ],
      eventsOf(2, { site_id: 'north' }),
    ]);
    const look = (query: string) =>
      steel.supervisor.get(`/api/insights/unanswered?${DAYS}${query}`);
    const [first, second] = [1, 2].map((n) => callNumber(n).replace('call_', 'conv_'));
    await look('');
    await look('&site_id=north');
    await look('&site_id=south');
    const days = { from: '2025-10-01', to: '2025-10-31' };
    const read = await audited();
    expect(read).toHaveLength(2);
    expect(read).toMatchObject([
      {
        action: 'insights.unanswered_read',
        target: 'insights',
        company_id: 'steel',
        who: { id: 'steel_supervisor' },
        after: { ...days, site_id: null, questions: 3 },
      },
      { after: { ...days, site_id: 'north', questions: 1, conversations: [second] } },
    ]);
    expect(new Set(read[0]?.after.conversations)).toEqual(new Set([first, second]));
  });

  it('are of one site where one is asked for, and of the days', async () => {
    const { steel } = await open([eventsOf(1, { site_id: 'north' }), eventsOf(2)]);
    const list = async (query: string) =>
      (await steel.supervisor.get(`/api/insights/unanswered?${query}`)).body.items;
    expect(await list(`${DAYS}&site_id=north`)).toHaveLength(1);
    expect(await list('from=2025-10-05&to=2025-10-06')).toEqual([]);
  });
});

describe('a table of the insights', () => {
  it('is a file that no spreadsheet runs, and the audit log notes it', async () => {
    const { steel, firestore, audited } = await open([eventsOf(1, { site_id: 'north' })]);
    await firestore.doc(stored.site('steel', 'north')).set({ name: '=HYPERLINK("x")' });
    const answer = await steel.company_admin.get(`/api/insights/export?${DAYS}&table=sites`);
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="insights-sites-2025-10-01-2025-10-31.csv"',
    );
    expect(answer.text).toContain(`"north","'=HYPERLINK(""x"")","1","1"`);
    expect((await audited()).at(-1)).toMatchObject({
      action: 'insights.exported',
      target: 'insights',
      after: { table: 'sites', format: 'csv', from: '2025-10-01' },
    });
  });

  it.each([
    'days',
    'hours',
    'urgency',
    'medium',
    'hazards',
    'rungs',
    'final_actions',
    'sites',
    'workers',
    'passages',
    'unanswered',
    'times',
  ])('%s has a line for each of its rows in either format', async (table) => {
    const { steel } = await open([eventsOf(1, { site_id: 'north' })]);
    const path = `/api/insights/export?${DAYS}&table=${table}`;
    const json = await steel.company_admin.get(`${path}&format=json`);
    const csv = await steel.company_admin.get(`${path}&format=csv`);
    expect(json.body.rows.length).toBeGreaterThan(0);
    expect(csv.text.trim().split('\r\n')).toHaveLength(json.body.rows.length + 1);
    const columns = Object.keys(json.body.rows[0]).map((name) => `"${name}"`);
    expect(csv.text.split('\r\n')[0]?.split(',').sort()).toEqual(columns.sort());
  });
});
