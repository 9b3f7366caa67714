import { describe, expect, it } from 'vitest';
import { stored } from '../../paths.ts';
import { useOffice } from '../office.fixture.ts';

const openOffice = useOffice();

describe('colleagues', () => {
  it('are named to every role, those of the own company alone, without addresses (I6)', async () => {
    const { steel, firestore } = await openOffice();
    await firestore.doc(stored.admin('steel_supervisor')).update({ phone: '+15550100012' });
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      const { body, text } = await steel[role].get('/api/colleagues');
      const ids = body.items.map(({ id }: { id: string }) => id);
      expect(ids.sort()).toEqual(['steel_company_admin', 'steel_supervisor', 'steel_viewer']);
      expect(body.items.find(({ id }: { id: string }) => id === 'steel_supervisor')).toMatchObject({
        role: 'supervisor',
        reachable: true,
      });
      expect(text).not.toMatch(/@|\+1555/);
    }
  });

  it('who are disabled are left out', async () => {
    const { steel, firestore } = await openOffice();
    await firestore.doc(stored.admin('steel_viewer')).update({ disabled: true });
    const { body } = await steel.supervisor.get('/api/colleagues');
    expect(JSON.stringify(body)).not.toContain('steel_viewer');
  });
});
