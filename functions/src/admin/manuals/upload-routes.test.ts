import { describe, expect, it } from 'vitest';
import { expectError } from '../api.fixture.ts';
import { cardText, GUIDE, useManuals } from './manuals.fixture.ts';

const openOffice = useManuals();

describe('an upload', () => {
  it('is a draft that can be read, with all that can be spoken of it', async () => {
    const { steel, audited } = await openOffice();
    const created = await steel.supervisor.post('/api/manuals', { text: GUIDE });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      id: 'site-guide.en',
      document: 'site-guide',
      language: 'en',
      kind: 'guide',
      title: 'Site guide',
      source: 'Plant safety board, 2026',
      version: 1,
      status: 'draft',
      published_version: null,
      passages: 2,
      authors: [{ id: 'steel_supervisor', name: 'supervisor of steel', role: 'supervisor' }],
      approved: null,
    });
    expect(created.body.authors[0].at).toMatch(/\+05:30$/);
    const read = await steel.viewer.get('/api/manuals/site-guide.en');
    expect(read.body).toEqual({ ...created.body, text: GUIDE });
    expect(read.headers.get('etag')).toBe(created.headers.get('etag'));
    const { items } = (await steel.viewer.get('/api/manuals/site-guide.en/passages')).body;
    expect(items).toMatchObject([
      { id: 'site-guide#1', kind: 'section', question: 'Lock-out' },
      { id: 'site-guide#2', question: 'Canteen', text: 'The canteen is behind gate two.' },
    ]);
    expect(await audited()).toMatchObject([
      { action: 'manual.uploaded', target: 'site-guide.en', before: null, after: created.body },
    ]);
    expect(JSON.stringify(await audited())).not.toContain('Take the key');
  });

  it('of a document that is there is its next version, and replaces the draft before it', async () => {
    const { steel } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const text = GUIDE.replace('gate two', 'gate three');
    const next = await steel.company_admin.post('/api/manuals', { text });
    expect(next.body).toMatchObject({ version: 2, status: 'draft', published_version: null });
    const path = '/api/manuals/site-guide.en';
    const versions = (await steel.viewer.get(`${path}/versions`)).body.items;
    expect(versions).toMatchObject([
      { version: 2, status: 'draft', authors: [{ id: 'steel_company_admin' }] },
      { version: 1, status: 'replaced', authors: [{ id: 'steel_supervisor' }] },
    ]);
    expect((await steel.viewer.get(`${path}?version=1`)).body).toMatchObject({
      version: 1,
      text: GUIDE,
    });
    expectError(await steel.viewer.get(`${path}?version=3`), 404, 'not_found');
    const { diff } = (await steel.viewer.get(`${path}/compare?from=1&to=2`)).body;
    expect(diff).toContain('-The canteen is behind gate two.');
    expect(diff).toContain('+The canteen is behind gate three.');
    expect(diff).not.toContain('-Take the key');
    expect((await steel.viewer.get(`${path}/compare`)).body).toEqual({ from: 1, to: 2, diff });
  });

  it('in another language is another manual', async () => {
    const { steel } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: cardText() });
    await steel.supervisor.post('/api/manuals', { text: cardText({ language: 'hi' }) });
    const first = (await steel.viewer.get('/api/manuals?limit=1')).body;
    const second = (await steel.viewer.get(`/api/manuals?cursor=${first.next_cursor}`)).body;
    expect([...first.items, ...second.items]).toMatchObject([
      { id: 'fire.en', document: 'fire', language: 'en', kind: 'card', version: 1 },
      { id: 'fire.hi', document: 'fire', language: 'hi', kind: 'card', version: 1 },
    ]);
    expect(second.next_cursor).toBeNull();
  });

  it('that cannot be spoken is refused, line by line, and changes nothing (I7)', async () => {
    const { steel, audited } = await openOffice();
    const text = cardText({ first: 'Wait here, the fire brigade is on its way.' });
    const answer = await steel.supervisor.post('/api/manuals', { text });
    expectError(answer, 400, 'invalid_request');
    expect(answer.body.error.details.fields).toEqual([
      { path: 'text, line 13', message: expect.stringContaining('promises') },
    ]);
    expect((await steel.viewer.get('/api/manuals')).body.items).toEqual([]);
    expect(await audited()).toEqual([]);
  });

  it('of 200 kB is read, and a larger one is not', async () => {
    const { steel } = await openOffice();
    const comment = `\n<!--${'"\n'.repeat(99_000)}-->\n`;
    const more = `\n<!--${'x'.repeat(200_000)}-->\n`;
    const large = await steel.supervisor.post('/api/manuals', { text: GUIDE + comment });
    expect(large.status).toBe(201);
    const larger = await steel.supervisor.post('/api/manuals', { text: GUIDE + more });
    expectError(larger, 400, 'invalid_request');
    const huge = await steel.supervisor.post('/api/manuals', { text: 'x'.repeat(500_000) });
    expectError(huge, 413, 'body_too_large');
    expect(huge.body.error.message).toContain('401 kB');
  });

  it('with If-Match is the next version of what its writer has seen, or none', async () => {
    const { steel } = await openOffice();
    const first = await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const headers = { 'if-match': first.headers.get('etag') ?? '' };
    const text = GUIDE.replace('gate two', 'gate three');
    const next = await steel.supervisor.post('/api/manuals', { text }, headers);
    expect(next.body.version).toBe(2);
    const late = await steel.company_admin.post('/api/manuals', { text: GUIDE }, headers);
    expectError(late, 412, 'changed_meanwhile');
    expect((await steel.viewer.get('/api/manuals/site-guide.en')).body.version).toBe(2);
  });

  it('twice at once is two versions', async () => {
    const { steel } = await openOffice();
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((gate) =>
        steel.supervisor.post('/api/manuals', { text: GUIDE.replace('gate two', `gate ${gate}`) }),
      ),
    );
    expect(answers.map(({ body }) => body.version).sort()).toEqual([1, 2, 3]);
    const { items } = (await steel.viewer.get('/api/manuals/site-guide.en/versions')).body;
    expect(items.map(({ status }: { status: string }) => status)).toEqual([
      'draft',
      'replaced',
      'replaced',
    ]);
  });
});

describe('a draft', () => {
  it('is written anew by whoever has read it, who becomes an author of it', async () => {
    const { steel, audited } = await openOffice();
    const created = await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const path = '/api/manuals/site-guide.en';
    const text = GUIDE.replace('gate two', 'gate three');
    const headers = { 'if-match': created.headers.get('etag') ?? '' };
    const rewritten = await steel.company_admin.patch(path, { text }, headers);
    expect(rewritten.body).toMatchObject({
      version: 1,
      authors: [{ id: 'steel_supervisor' }, { id: 'steel_company_admin' }],
    });
    expect(rewritten.body.hash).not.toBe(created.body.hash);
    expectError(await steel.supervisor.patch(path, { text }, headers), 412, 'changed_meanwhile');
    expect((await steel.supervisor.patch(path, { text })).body).toEqual(rewritten.body);
    expect(await audited()).toMatchObject([
      { action: 'manual.uploaded' },
      { action: 'manual.changed', before: created.body, after: rewritten.body },
    ]);
  });

  it('keeps its id and language', async () => {
    const { steel } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const text = GUIDE.replace('source', 'language: es\nsource');
    const answer = await steel.supervisor.patch('/api/manuals/site-guide.en', { text });
    expectError(answer, 409, 'another_manual');
  });

  it('is not written by a viewer, and not seen by another company (I6)', async () => {
    const { steel, paper } = await openOffice();
    expectError(await steel.viewer.post('/api/manuals', { text: GUIDE }), 403, 'forbidden');
    await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const path = '/api/manuals/site-guide.en';
    expectError(await steel.viewer.patch(path, { text: GUIDE }), 403, 'forbidden');
    expect((await paper.viewer.get('/api/manuals')).body.items).toEqual([]);
    for (const part of ['', '/passages', '/versions', '/compare']) {
      expectError(await paper.company_admin.get(path + part), 404, 'not_found');
    }
    expectError(await paper.company_admin.patch(path, { text: GUIDE }), 404, 'not_found');
    const own = await paper.supervisor.post('/api/manuals', { text: GUIDE });
    expect(own.body).toMatchObject({ version: 1, authors: [{ id: 'paper_supervisor' }] });
  });

  it.each(['site-guide', 'site.guide.en', '__x__.en', 'site-guide.EN', 'a%2Fb.en'])(
    'is not found under the id %s (I7)',
    async (id) => {
      const { steel } = await openOffice();
      expectError(await steel.viewer.get(`/api/manuals/${id}`), 400, 'invalid_request');
    },
  );
});
