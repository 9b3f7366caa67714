import { describe, expect, it } from 'vitest';
import { readDocument } from '../../assistant/manual/document.ts';
import { expectError } from '../api.fixture.ts';
import { embedded, useManuals } from './manuals.fixture.ts';

const openOffice = useManuals();

describe('the cards that ship', () => {
  it('are all listed, with whoever has reviewed them', async () => {
    const { steel } = await openOffice();
    const { body } = await steel.viewer.get('/api/cards');
    expect(body.items).toHaveLength(embedded.procedures.size);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        id: 'fire.en',
        hazard: 'fire',
        title: 'Fire',
        urgency: 'CRITICAL',
        danger_to_helpers: true,
        passages: embedded.passages.filter(({ document }) => document === 'fire').length,
      }),
    );
  });

  it('are read piece by piece, and their text is one that a company can begin with', async () => {
    const { steel } = await openOffice();
    const hazards = new Set(embedded.procedures.keys());
    for (const hazard of ['fire', 'cardiac-arrest']) {
      const { body } = await steel.viewer.get(`/api/cards/${hazard}.en`);
      const pieces = embedded.passages.filter(({ document }) => document === hazard);
      expect(body.passages).toEqual(
        pieces.map(({ id, kind, question, text, hash }) => ({ id, kind, question, text, hash })),
      );
      expect(body.questions).toEqual(embedded.procedures.get(hazard)?.questions);
      expect(readDocument(body.text, { version: 1, hazards }).problems).toEqual([]);
      expect((await steel.supervisor.post('/api/manuals', { text: body.text })).status).toBe(201);
    }
  });

  it('are no others than those', async () => {
    const { steel } = await openOffice();
    expectError(await steel.viewer.get('/api/cards/site-guide.en'), 404, 'not_found');
    expectError(await steel.viewer.get('/api/cards/fire.hi'), 404, 'not_found');
    expectError(await steel.viewer.get('/api/cards/fire'), 400, 'invalid_request');
  });
});
