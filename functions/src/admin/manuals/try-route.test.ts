import { describe, expect, it } from 'vitest';
import { expectError } from '../api.fixture.ts';
import { cardText, GUIDE, publishManual, useManuals } from './manuals.fixture.ts';

const openOffice = useManuals();

describe('trying words', () => {
  it('answers from the newest version, and beside it from what callers hear now', async () => {
    const { steel, audited } = await openOffice();
    await steel.supervisor.post('/api/manuals', { text: cardText() });
    const before = await audited();
    const text = 'there is a fire in the hall';
    const { status, body } = await steel.viewer.post('/api/manuals/fire.en/try', { text });
    expect(status).toBe(200);
    expect(body.newest).toMatchObject({ urgency: 'CRITICAL', card: 'fire', pack: 'steel@draft' });
    expect(body.newest.words).toContain('Leave the hall now.');
    expect(body.newest.sources).toContain('Fire at the plant');
    expect(body.newest.passages).toContainEqual(
      expect.objectContaining({ id: 'fire#step-1', version: 1, text: 'Leave the hall now.' }),
    );
    expect(body.published).toMatchObject({ urgency: 'CRITICAL', card: 'fire' });
    expect(body.published.words).not.toContain('Leave the hall now.');
    expect(body.published.pack).toMatch(/^embedded@/);
    expect(await audited()).toEqual(before);
  });

  it('without a draft answers from what callers hear now', async () => {
    const { steel, paper } = await openOffice();
    await publishManual(steel, GUIDE);
    const text = 'where is the canteen';
    const mine = await steel.viewer.post('/api/try', { text });
    expect(mine.body).toMatchObject({ pack: 'steel@1', rung: 'passage', card: null });
    expect(mine.body.words).toContain('The canteen is behind gate two.');
    expect(mine.body.passages).toMatchObject([{ id: 'site-guide#2', score: expect.any(Number) }]);
    const theirs = await paper.viewer.post('/api/try', { text });
    expect(theirs.body.words).not.toContain('gate two');
    expect(theirs.body.pack).toMatch(/^embedded@/);
    expectError(
      await steel.viewer.post('/api/try', { text, language: 'en-IN' }),
      400,
      'invalid_request',
    );
  });
});
