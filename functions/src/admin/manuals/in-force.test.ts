import { describe, expect, it } from 'vitest';
import { createPacks } from '../../assistant/manual/live-packs.ts';
import { cardText, embedded, GUIDE, publishManual, useManuals } from './manuals.fixture.ts';

const openOffice = useManuals();

const MINUTE = 60_000;

describe('what is published', () => {
  it('is heard where calls are taken, and within a minute of its withdrawal is not', async () => {
    const { steel, firestore, log, now, passTime, lines } = await openOffice();
    const instance = () => createPacks({ firestore: async () => firestore, embedded, now, log });
    const [first, second] = [instance(), instance()];
    const both = () => Promise.all([first, second].map(({ refresh }) => refresh('steel', 10_000)));
    await publishManual(steel, cardText());
    await publishManual(steel, GUIDE);
    await both();
    for (const { of } of [first, second]) {
      expect(of('steel')).toMatchObject({ version: 'steel@2', atHand: true });
      expect(of('steel').procedures.get('fire')).toMatchObject({
        steps: ['Leave the hall now.', 'Call {emergency_number} from outside.', 'Go to gate 1.'],
        reviewedBy: expect.stringMatching(/^company_admin of steel, company_admin, \d{4}-/),
        version: 1,
      });
    }
    const reason = 'The hall has another door.';
    await steel.supervisor.post('/api/manuals/fire.en/withdraw', { reason });
    passTime(MINUTE);
    await first.refresh('steel', 10_000);
    expect(first.of('steel').procedures.get('fire')).toBe(embedded.procedures.get('fire'));
    expect(first.of('steel').passages.map(({ id }) => id)).toContain('site-guide#1');
    expect(second.of('steel')).toMatchObject({ version: embedded.version, atHand: false });
    await both();
    expect(second.of('steel').version).toBe('steel@3');
    expect(lines.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});
