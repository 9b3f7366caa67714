import { describe, expect, it } from 'vitest';
import { readContents, readManifest } from '../../assistant/manual/pack-store.ts';
import { stored } from '../../paths.ts';
import { expectError } from '../api.fixture.ts';
import { cardText, GUIDE, publishManual, useManuals } from './manuals.fixture.ts';

const openOffice = useManuals();

const PATH = '/api/manuals/site-guide.en';

describe('an approval', () => {
  it('is by somebody who has not written the draft, and names them as reviewer', async () => {
    const { steel, audited, firestore } = await openOffice();
    const { hash } = (await steel.supervisor.post('/api/manuals', { text: cardText() })).body;
    const path = '/api/manuals/fire.en';
    expectError(await steel.supervisor.post(`${path}/approve`, { hash }), 403, 'own_work');
    expectError(await steel.viewer.post(`${path}/approve`, { hash }), 403, 'forbidden');
    const approved = await steel.company_admin.post(`${path}/approve`, { hash });
    expect(approved.body).toMatchObject({
      status: 'approved',
      approved: {
        id: 'steel_company_admin',
        name: 'company_admin of steel',
        role: 'company_admin',
        at: expect.stringMatching(/\+05:30$/),
      },
    });
    expect((await audited()).at(-1)).toMatchObject({
      action: 'manual.approved',
      target: 'fire.en',
    });
    const content = await firestore.doc(stored.manualContent('steel', 'fire.en', 1)).get();
    const day = approved.body.approved.at.slice(0, 10);
    expect(JSON.parse(content.get('json')).card.reviewedBy).toBe(
      `company_admin of steel, company_admin, ${day}`,
    );
  });

  it('is not by anybody who has written a part of it', async () => {
    const { steel } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const text = GUIDE.replace('gate two', 'gate three');
    const { hash } = (await steel.company_admin.patch(PATH, { text })).body;
    for (const author of [steel.supervisor, steel.company_admin]) {
      expectError(await author.post(`${PATH}/approve`, { hash }), 403, 'own_work');
    }
  });

  it('is of the words that were read, and of no others', async () => {
    const { steel } = await openOffice();
    const { hash } = (await steel.supervisor.post('/api/manuals', { text: GUIDE })).body;
    await steel.supervisor.patch(PATH, { text: GUIDE.replace('two', 'three') });
    const late = await steel.company_admin.post(`${PATH}/approve`, { hash });
    expectError(late, 412, 'changed_meanwhile');
    expect((await steel.viewer.get(PATH)).body.status).toBe('draft');
  });

  it('ends the draft: it is not written anew and not approved again', async () => {
    const { steel } = await openOffice();
    const { hash } = (await steel.supervisor.post('/api/manuals', { text: GUIDE })).body;
    await steel.company_admin.post(`${PATH}/approve`, { hash });
    expectError(await steel.supervisor.patch(PATH, { text: `${GUIDE}\n` }), 409, 'not_a_draft');
    const again = await steel.company_admin.post(`${PATH}/approve`, { hash });
    expectError(again, 409, 'wrong_status');
  });
});

describe('a draft that is ready', () => {
  it('waits for approval until it is written anew, and says who has said so', async () => {
    const { steel, audited } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: GUIDE });
    expectError(await steel.viewer.post(`${PATH}/submit`), 403, 'forbidden');
    const submitted = await steel.supervisor.post(`${PATH}/submit`);
    expect(submitted.body).toMatchObject({
      status: 'draft',
      submitted: { id: 'steel_supervisor', role: 'supervisor' },
    });
    expect((await audited()).at(-1)).toMatchObject({
      action: 'manual.submitted',
      before: { submitted: null },
    });
    expect((await steel.viewer.get('/api/manuals')).body.items).toMatchObject([
      { submitted: { id: 'steel_supervisor' } },
    ]);
    const text = GUIDE.replace('gate two', 'gate three');
    const { body } = await steel.supervisor.patch(PATH, { text });
    expect(body.submitted).toBeNull();
  });

  it('can be approved whether or not somebody has said so, and then waits no more', async () => {
    const { steel } = await openOffice();
    const { hash } = (await steel.supervisor.post('/api/manuals', { text: GUIDE })).body;
    expect((await steel.company_admin.post(`${PATH}/approve`, { hash })).status).toBe(200);
    expectError(await steel.supervisor.post(`${PATH}/submit`), 409, 'wrong_status');
  });
});

describe('a publication', () => {
  it('is of what was approved, and makes a new pack of the company', async () => {
    const { steel, firestore, audited } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: GUIDE });
    expectError(await steel.supervisor.post(`${PATH}/publish`), 409, 'wrong_status');
    expect(await readManifest(firestore, 'steel')).toBeUndefined();
    const { hash } = (await steel.viewer.get(PATH)).body;
    await steel.company_admin.post(`${PATH}/approve`, { hash });
    expectError(await steel.viewer.post(`${PATH}/publish`), 403, 'forbidden');
    const published = await steel.supervisor.post(`${PATH}/publish`);
    expect(published.body).toMatchObject({
      manual: { status: 'published', published_version: 1, published: { id: 'steel_supervisor' } },
      pack: { version: 'steel@1', left_out: [] },
    });
    const manifest = await readManifest(firestore, 'steel');
    expect(manifest).toMatchObject({ version: 1, manuals: [{ id: 'site-guide.en', version: 1 }] });
    const [content] = await readContents(firestore, 'steel', manifest?.manuals ?? []);
    expect(content).toMatchObject({ kind: 'guide', passages: [{ id: 'site-guide#1' }, {}] });
    expect((await audited()).at(-1)).toMatchObject({
      action: 'manual.published',
      before: { status: 'approved' },
      after: { status: 'published' },
    });
    expectError(await steel.supervisor.post(`${PATH}/publish`), 409, 'wrong_status');
  });

  it('takes the place of the version before, which stays heard until then', async () => {
    const { steel, firestore } = await openOffice();
    await publishManual(steel, GUIDE);
    const text = GUIDE.replace('two', 'three');
    await steel.supervisor.post('/api/manuals', { text });
    expect((await steel.viewer.get(PATH)).body).toMatchObject({
      version: 2,
      status: 'draft',
      published_version: 1,
    });
    expect(await readManifest(firestore, 'steel')).toMatchObject({ version: 1 });
    await publishManual(steel, text);
    expect(await readManifest(firestore, 'steel')).toMatchObject({
      version: 2,
      manuals: [{ id: 'site-guide.en', version: 3 }],
    });
    const { items } = (await steel.viewer.get(`${PATH}/versions`)).body;
    expect(items).toMatchObject([
      { version: 3, status: 'published' },
      { version: 2, status: 'replaced' },
      { version: 1, status: 'replaced' },
    ]);
  });

  it('of several manuals at once loses none of them', async () => {
    const { steel, firestore } = await openOffice();
    const ids = ['one', 'two', 'three', 'four'];
    await Promise.all(
      ids.map((id) => publishManual(steel, GUIDE.replace('site-guide', `guide-${id}`))),
    );
    const manifest = await readManifest(firestore, 'steel');
    expect(manifest?.version).toBe(4);
    expect(manifest?.manuals.map(({ id }) => id)).toEqual(ids.map((id) => `guide-${id}.en`).sort());
  });

  it('of a translation needs the English card’s steps and urgency', async () => {
    const { steel } = await openOffice();
    const hindi = cardText({ language: 'hi', steps: 4 });
    expectError(await publishManual(steel, hindi), 409, 'translation_differs');
    expect((await steel.viewer.get('/api/manuals/fire.hi')).body.status).toBe('approved');
    await publishManual(steel, cardText({ steps: 4 }));
    const published = await steel.supervisor.post('/api/manuals/fire.hi/publish');
    expect(published.body.pack).toEqual({ version: 'steel@2', left_out: [] });
    const shorter = await publishManual(steel, cardText({ steps: 3 }));
    expect(shorter.body.pack).toEqual({ version: 'steel@3', left_out: ['fire.hi'] });
  });
});

describe('a withdrawal', () => {
  it('takes a manual out of the pack, and says why', async () => {
    const { steel, firestore, audited } = await openOffice();
    await publishManual(steel, GUIDE);
    await publishManual(steel, cardText());
    const reason = 'The canteen has moved.';
    expectError(await steel.viewer.post(`${PATH}/withdraw`, { reason }), 403, 'forbidden');
    const withdrawn = await steel.company_admin.post(`${PATH}/withdraw`, { reason });
    expect(withdrawn.body).toMatchObject({
      manual: {
        status: 'withdrawn',
        published_version: null,
        withdrawn: { id: 'steel_company_admin', reason },
      },
      pack: { version: 'steel@3' },
    });
    expect(await readManifest(firestore, 'steel')).toMatchObject({
      version: 3,
      manuals: [{ id: 'fire.en' }],
    });
    expect((await audited()).at(-1)).toMatchObject({ action: 'manual.withdrawn' });
    const again = await steel.company_admin.post(`${PATH}/withdraw`, { reason });
    expectError(again, 409, 'wrong_status');
  });

  it('is of what is heard, though a newer draft waits', async () => {
    const { steel, audited } = await openOffice();
    await publishManual(steel, GUIDE);
    await steel.supervisor.post('/api/manuals', { text: GUIDE.replace('two', 'three') });
    const { body } = await steel.supervisor.post(`${PATH}/withdraw`, { reason: 'Wrong.' });
    expect(body.manual).toMatchObject({ version: 1, status: 'withdrawn' });
    expect((await steel.viewer.get(PATH)).body).toMatchObject({
      version: 2,
      status: 'draft',
      published_version: null,
    });
    expect((await audited()).at(-1)).toMatchObject({
      before: { version: 1, status: 'published' },
      after: { version: 1, status: 'withdrawn' },
    });
  });

  it('of what nobody hears ends a draft, and leaves the pack as it is', async () => {
    const { steel, firestore } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const { body } = await steel.supervisor.post(`${PATH}/withdraw`, { reason: 'Wrong.' });
    expect(body).toMatchObject({ manual: { status: 'withdrawn' }, pack: null });
    expect(await readManifest(firestore, 'steel')).toBeUndefined();
  });

  it('beside a publication of another manual loses neither', async () => {
    const { steel, firestore } = await openOffice();
    await publishManual(steel, GUIDE);
    const [withdrawn, published] = await Promise.all([
      steel.company_admin.post(`${PATH}/withdraw`, { reason: 'Wrong.' }),
      publishManual(steel, cardText()),
    ]);
    expect([withdrawn.status, published.status]).toEqual([200, 200]);
    expect(await readManifest(firestore, 'steel')).toMatchObject({
      version: 3,
      manuals: [{ id: 'fire.en' }],
    });
  });
});

describe('what becomes of a manual', () => {
  it('is decided on what was read: a newer version is a 412', async () => {
    const { steel } = await openOffice();
    const created = await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const old = { 'if-match': created.headers.get('etag') ?? '' };
    const { hash } = created.body;
    await steel.company_admin.post(`${PATH}/approve`, { hash }, old);
    const stale = await steel.supervisor.post(`${PATH}/publish`, undefined, old);
    expectError(stale, 412, 'changed_meanwhile');
    const reason = 'Wrong.';
    const withdrawal = await steel.supervisor.post(`${PATH}/withdraw`, { reason }, old);
    expectError(withdrawal, 412, 'changed_meanwhile');
  });

  it('is no business of another company (I6)', async () => {
    const { steel, paper, firestore, audited } = await openOffice();
    const { body } = await steel.supervisor.post('/api/manuals', { text: GUIDE });
    const before = await audited();
    for (const [deed, words] of [
      ['approve', { hash: body.hash }],
      ['publish', undefined],
      ['withdraw', { reason: 'x' }],
      ['try', { text: 'where is the canteen' }],
    ] as const) {
      const answer = await paper.company_admin.post(`${PATH}/${deed}`, words);
      expectError(answer, 404, 'not_found');
    }
    expect(await audited()).toEqual(before);
    expect(await readManifest(firestore, 'paper')).toBeUndefined();
  });
});
