import { describe, expect, it } from 'vitest';
import { expectError } from '../api.fixture.ts';
import { cardText, embedded, GUIDE, publishManual, useManuals } from './manuals.fixture.ts';

const openOffice = useManuals();

const pathOf = (id: string, query = '') => `/api/passages/${encodeURIComponent(id)}${query}`;

describe('a passage that a reply rests on', () => {
  it('is read as every embedded grounding names it', async () => {
    const { steel } = await openOffice();
    const some = embedded.passages.filter((_, at) => at % 40 === 0);
    expect(some.length).toBeGreaterThan(5);
    for (const { id, version, hash, text, title } of some) {
      const { body } = await steel.viewer.get(pathOf(id, `?version=${version}&hash=${hash}`));
      expect(body).toMatchObject({ id, version, hash, text, title, origin: 'embedded' });
      expect(body.source).not.toBe('');
    }
  });

  it('is the company’s own words with their reviewer, once these are heard', async () => {
    const { steel, paper } = await openOffice();
    const draft = await steel.supervisor.post('/api/manuals', { text: cardText() });
    expect(draft.status).toBe(201);
    expect((await steel.viewer.get(pathOf('fire#step-1'))).body.origin).toBe('embedded');
    await steel.company_admin.post('/api/manuals/fire.en/approve', { hash: draft.body.hash });
    await steel.supervisor.post('/api/manuals/fire.en/publish');
    const { body } = await steel.viewer.get(pathOf('fire#step-1'));
    expect(body).toMatchObject({
      text: 'Leave the hall now.',
      origin: 'company',
      version: 1,
      reviewed_by: expect.stringMatching(
        /^company_admin of steel, company_admin, \d{4}-\d\d-\d\d$/,
      ),
    });
    expect((await paper.viewer.get(pathOf('fire#step-1'))).body.origin).toBe('embedded');
  });

  it('stays what it was when it was spoken, although the manual says something else now', async () => {
    const { steel } = await openOffice();
    await publishManual(steel, GUIDE);
    const spoken = (await steel.viewer.get(pathOf('site-guide#2'))).body;
    await publishManual(steel, GUIDE.replace('gate two', 'gate three'));
    const { version, hash } = spoken;
    const then = await steel.viewer.get(pathOf('site-guide#2', `?version=${version}&hash=${hash}`));
    expect(then.body).toEqual(spoken);
    expect((await steel.viewer.get(pathOf('site-guide#2'))).body.text).toContain('gate three');
    const other = pathOf('site-guide#2', `?version=2&hash=${hash}`);
    expectError(await steel.viewer.get(other), 404, 'not_found');
  });

  it('of another company is not there, nor is one that nobody wrote (I6)', async () => {
    const { steel, paper } = await openOffice();
    await publishManual(steel, GUIDE);
    expectError(await paper.company_admin.get(pathOf('site-guide#1')), 404, 'not_found');
    expectError(await steel.viewer.get(pathOf('fire#step-99')), 404, 'not_found');
    expectError(await steel.viewer.get(pathOf('fire')), 400, 'invalid_request');
  });
});
