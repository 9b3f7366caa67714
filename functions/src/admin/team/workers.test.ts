import { describe, expect, it } from 'vitest';
import { workerNumberKey } from '../../access/phone-numbers.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

const ravi = { name: 'Ravi Kumar', mobile_no: '+919812345678' };

describe('a worker', () => {
  it('is added, read, changed and removed by a company_admin, and each is in the audit log', async () => {
    const { steel, audited, firestore } = await openOffice();
    const site = await steel.company_admin.post('/api/sites', { name: 'Paint shop' });
    const fields = {
      ...ravi,
      site_id: site.body.id,
      admin_id: 'steel_supervisor',
      language: 'hi-IN',
    };
    const created = await steel.company_admin.post('/api/workers', fields);
    expect(created.status).toBe(201);
    expect(created.body).toEqual({ id: created.body.id, ...fields });
    const path = `/api/workers/${created.body.id}`;
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      const read = await steel[role].get(path);
      expect([read.body, read.headers.get('etag')]).toEqual([
        created.body,
        created.headers.get('etag'),
      ]);
    }
    const changed = await steel.company_admin.patch(path, { name: 'Ravi K.', site_id: null });
    expect(changed.body).toEqual({ ...created.body, name: 'Ravi K.', site_id: null });
    expect((await firestore.doc(stored.worker(created.body.id)).get()).data()).toEqual({
      name: 'Ravi K.',
      mobile_no: ravi.mobile_no,
      company_id: 'steel',
      admin_id: 'steel_supervisor',
      language: 'hi-IN',
    });
    expect((await steel.company_admin.delete(path)).status).toBe(204);
    expectError(await steel.viewer.get(path), 404, 'not_found');
    expect((await firestore.collection('worker_numbers').get()).empty).toBe(true);
    expect((await audited()).slice(1)).toMatchObject([
      { action: 'worker.created', before: null, after: created.body },
      { action: 'worker.changed', before: created.body, after: changed.body },
      { action: 'worker.removed', before: changed.body, after: null },
    ]);
    const entry = (await audited())[1];
    expect(entry).toMatchObject({
      company_id: 'steel',
      target: created.body.id,
      who: { kind: 'admin', id: 'steel_company_admin' },
      from: { ip: expect.any(String), user_agent: expect.any(String) },
      request_id: created.headers.get('x-request-id'),
    });
  });

  it('leaves no entry and no change where nothing changes', async () => {
    const { steel, audited } = await openOffice();
    const { body } = await steel.company_admin.post('/api/workers', ravi);
    const path = `/api/workers/${body.id}`;
    const same = { name: ' Ravi Kumar ', mobile_no: '+91 98123 45678', language: null };
    expect((await steel.company_admin.patch(path, same)).body).toEqual(body);
    expect((await steel.company_admin.patch(path, {})).body).toEqual(body);
    expect(await audited()).toHaveLength(1);
  });

  it.each([
    ['viewer', 403],
    ['supervisor', 403],
  ] as const)('is not changed by a %s', async (role, status) => {
    const { steel, audited } = await openOffice();
    const { body } = await steel.company_admin.post('/api/workers', ravi);
    const path = `/api/workers/${body.id}`;
    expectError(await steel[role].post('/api/workers', ravi), status, 'forbidden');
    expectError(await steel[role].patch(path, { name: 'X' }), status, 'forbidden');
    expectError(await steel[role].delete(path), status, 'forbidden');
    expect(await audited()).toHaveLength(1);
  });

  it('is unknown to another company, whatever is asked (I6)', async () => {
    const { steel, paper, audited } = await openOffice();
    const { body } = await steel.company_admin.post('/api/workers', ravi);
    const path = `/api/workers/${body.id}`;
    expectError(await paper.company_admin.get(path), 404, 'not_found');
    expectError(await paper.company_admin.patch(path, { name: 'X' }), 404, 'not_found');
    expectError(await paper.company_admin.delete(path), 404, 'not_found');
    expect((await paper.viewer.get('/api/workers')).body).toEqual({ items: [], next_cursor: null });
    expect((await paper.viewer.get('/api/workers?q=98123')).body.items).toEqual([]);
    expect((await steel.viewer.get(path)).body).toEqual(body);
    expect(await audited()).toHaveLength(1);
  });

  it('is called as callers are: the number is stored in E.164', async () => {
    const { steel } = await openOffice();
    const mobile_no = ' +91 (981) 234-5678 ';
    const created = await steel.company_admin.post('/api/workers', { ...ravi, mobile_no });
    expect(created.body.mobile_no).toBe('+919812345678');
  });

  it.each([
    'client:alice',
    'sip:alice@example.com',
    'anonymous',
    '+266696687',
    '+7378742833',
    '9812345678',
    '+91',
    '+12',
    '+9198123456781234567',
    '+919812345678 ext. 5',
    'call +919812345678 now',
    '+91981234567a',
    '\u0661\u0662',
    '',
  ])('is not given the number %j (I7)', async (mobile_no) => {
    const { steel, audited } = await openOffice();
    const answer = await steel.company_admin.post('/api/workers', { ...ravi, mobile_no });
    expectError(answer, 400, 'invalid_request');
    expect(answer.body.error.details.fields).toMatchObject([{ path: 'mobile_no' }]);
    expect(await audited()).toEqual([]);
  });

  it.each([
    ['an unknown field', { ...ravi, company_id: 'paper' }],
    ['an id of its own', { ...ravi, id: 'mine' }],
    ['no name', { mobile_no: ravi.mobile_no }],
    ['an empty name', { ...ravi, name: ' \u00a0 ' }],
    ['a long name', { ...ravi, name: 'x'.repeat(121) }],
    ['a name with a line feed', { ...ravi, name: 'a\nb' }],
    ['a name with half a character', '{"name":"\\ud800","mobile_no":"+919812345678"}'],
    ['a prototype', '{"name":"a","mobile_no":"+919812345678","__proto__":{"site_id":"x"}}'],
    ['a prototype as a site', { ...ravi, site_id: '__proto__' }],
    ['a path as a site', { ...ravi, site_id: 'a/../b' }],
    ['a list', [ravi]],
    ['a language that is none', { ...ravi, language: 'Hindi!' }],
  ])('is not added with %s (I7)', async (_, body) => {
    const { steel, audited } = await openOffice();
    expectError(await steel.company_admin.post('/api/workers', body), 400, 'invalid_request');
    expect(await audited()).toEqual([]);
  });

  it('may have a name in any script', async () => {
    const { steel } = await openOffice();
    const name = 'आशा \u{1F9D1}\u200d\u{1F3ED} O\u2019Brien <b>';
    const { body } = await steel.company_admin.post('/api/workers', { ...ravi, name });
    expect((await steel.viewer.get(`/api/workers/${body.id}`)).body.name).toBe(name);
  });

  it('names only a site and a supervisor of the own company (I6)', async () => {
    const { steel, paper, audited } = await openOffice();
    const site_id = (await paper.company_admin.post('/api/sites', { name: 'Mill' })).body.id;
    const foreign = { ...ravi, site_id, admin_id: 'paper_supervisor' };
    const answer = await steel.company_admin.post('/api/workers', foreign);
    expectError(answer, 400, 'invalid_request');
    expect(answer.body.error.details.fields).toMatchObject([
      { path: 'site_id' },
      { path: 'admin_id' },
    ]);
    const { body } = await steel.company_admin.post('/api/workers', ravi);
    const path = `/api/workers/${body.id}`;
    for (const part of [{ site_id }, { admin_id: 'paper_supervisor' }, { admin_id: 'nobody' }]) {
      expectError(await steel.company_admin.patch(path, part), 400, 'invalid_request');
    }
    expect((await audited()).map(({ action }) => action)).toEqual([
      'site.created',
      'worker.created',
    ]);
  });

  it.each(['__proto__', '__x__', '..', 'a%2Fb', 'x'.repeat(129), '%F0%9F%94%A5'])(
    'is not found under the id %s, and nothing fails',
    async (id) => {
      const { steel, lines } = await openOffice();
      const answer = await steel.company_admin.get(`/api/workers/${id}`);
      expect([400, 404]).toContain(answer.status);
      expect(lines.every(({ severity }) => severity === 'info')).toBe(true);
    },
  );
});

describe('a number', () => {
  it('belongs to one worker of a company, and to one of another company too', async () => {
    const { steel, paper } = await openOffice();
    await steel.company_admin.post('/api/workers', ravi);
    const again = await steel.company_admin.post('/api/workers', { ...ravi, name: 'Asha' });
    expectError(again, 409, 'number_taken');
    expect((await paper.company_admin.post('/api/workers', ravi)).status).toBe(201);
  });

  it('goes to one of ten who are added with it at once', async () => {
    const { steel, firestore, audited } = await openOffice();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        steel.company_admin.post('/api/workers', { ...ravi, name: `Worker ${n}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect((await firestore.collection(stored.workers).get()).size).toBe(1);
    expect(await audited()).toHaveLength(1);
  });

  it('goes to one of two who are given it at once', async () => {
    const { steel, firestore } = await openOffice();
    const add = (n: number) =>
      steel.company_admin.post('/api/workers', { name: `W${n}`, mobile_no: `+91981234567${n}` });
    const paths = (await Promise.all([add(1), add(2)])).map(
      ({ body }) => `/api/workers/${body.id}`,
    );
    const mobile_no = '+919999999999';
    const answers = await Promise.all(
      paths.map((path) => steel.company_admin.patch(path, { mobile_no })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const found = await firestore
      .collection(stored.workers)
      .where('mobile_no', '==', mobile_no)
      .get();
    expect(found.size).toBe(1);
  });

  it('of a worker of old, who has no claim, is taken all the same', async () => {
    const { steel, firestore } = await openOffice();
    await firestore.doc(stored.worker('old')).set({ ...ravi, company_id: 'steel' });
    expectError(await steel.company_admin.post('/api/workers', ravi), 409, 'number_taken');
  });

  it('is free again when its worker has another one or is gone', async () => {
    const { steel, firestore } = await openOffice();
    const claim = firestore.doc(stored.workerNumber(workerNumberKey('steel', ravi.mobile_no)));
    const first = await steel.company_admin.post('/api/workers', ravi);
    const path = `/api/workers/${first.body.id}`;
    expect((await claim.get()).data()).toEqual({ company_id: 'steel', worker_id: first.body.id });
    await steel.company_admin.patch(path, { mobile_no: '+919812345679' });
    expect((await claim.get()).exists).toBe(false);
    const second = await steel.company_admin.post('/api/workers', ravi);
    expect(second.status).toBe(201);
    await firestore.doc(stored.worker(second.body.id)).delete();
    const third = await steel.company_admin.post('/api/workers', ravi);
    expect((await claim.get()).data()).toMatchObject({ worker_id: third.body.id });
  });
});

describe('If-Match', () => {
  it('lets one of two change what both have read; the other one is told', async () => {
    const { steel } = await openOffice();
    const { body, headers } = await steel.company_admin.post('/api/workers', ravi);
    const path = `/api/workers/${body.id}`;
    const known = { 'if-match': headers.get('etag') ?? '' };
    const answers = await Promise.all(
      ['Ravi A', 'Ravi B'].map((name) => steel.company_admin.patch(path, { name }, known)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [won, lost] = answers[0]?.status === 200 ? answers : [...answers].reverse();
    expectError(lost as NonNullable<typeof lost>, 412, 'changed_meanwhile');
    const now = await steel.viewer.get(path);
    expect(now.body).toEqual(won?.body);
    expect(now.headers.get('etag')).toBe(won?.headers.get('etag'));
    const next = await steel.company_admin.patch(
      path,
      { name: 'Ravi C' },
      { 'if-match': `"other", W/${now.headers.get('etag')}` },
    );
    expect(next.status).toBe(200);
  });

  it('is optional, may be *, and is refused where it is no ETag', async () => {
    const { steel } = await openOffice();
    const { body } = await steel.company_admin.post('/api/workers', ravi);
    const path = `/api/workers/${body.id}`;
    const any = await steel.company_admin.patch(path, { name: 'A' }, { 'if-match': '*' });
    expect(any.status).toBe(200);
    const bare = await steel.company_admin.patch(path, { name: 'B' }, { 'if-match': 'abc' });
    expectError(bare, 400, 'invalid_request');
    const stale = await steel.company_admin.patch(path, { name: 'B' }, { 'if-match': '"abc"' });
    expectError(stale, 412, 'changed_meanwhile');
  });
});
