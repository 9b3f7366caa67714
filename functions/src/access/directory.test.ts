import { describe, expect, it } from 'vitest';
import { useFirestore } from '../archive/archive.fixture.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { createDirectory } from './directory.ts';

const emptyFirestore = useFirestore();

const fallback = {
  companyId: 'default',
  timeZone: 'Asia/Kolkata',
  emergencyNumber: '112',
  languages: ['en-IN'] as [string],
};

/** The directory over these documents, loaded, and how often somebody was alerted. */
async function directoryOf(documents: Record<string, object>) {
  const firestore = emptyFirestore();
  for (const [path, fields] of Object.entries(documents)) await firestore.doc(path).set(fields);
  const told: string[] = [];
  const note = (message: string) => void told.push(message);
  const log: Log = { info: note, warn: note, error: note, alert: note };
  const now = () => Date.now();
  const directory = createDirectory({ firestore: async () => firestore, fallback, now, log });
  await directory.refresh(10_000);
  return { siteOf: directory.siteOf, companyIds: directory.companyIds, told };
}

const [DIALLED, OTHER] = ['+15550100002', '+15550100003'] as const;

describe('a dialled number', () => {
  it('decides the company (I6), and the site with its own emergency number', async () => {
    const { siteOf, told } = await directoryOf({
      [stored.company('steel')]: { time_zone: 'Europe/Berlin', emergency_number: '110' },
      [stored.site('steel', 'mill')]: { name: 'Mill', emergency_number: '101' },
      [stored.site('steel', 'office')]: { name: 'Office' },
      [stored.number(DIALLED)]: { company_id: 'steel', site_id: 'mill', languages: ['de-DE'] },
      [stored.number(OTHER)]: { company_id: 'steel', site_id: 'office' },
    });
    const steel = { companyId: 'steel', timeZone: 'Europe/Berlin' };
    const mill = { ...steel, siteId: 'mill', emergencyNumber: '101', languages: ['de-DE'] };
    expect(siteOf(DIALLED)).toEqual(mill);
    const office = { ...steel, siteId: 'office', emergencyNumber: '110', languages: ['en-IN'] };
    expect(siteOf(OTHER)).toEqual(office);
    expect(told).toEqual([]);
  });

  it('has all its languages, else those of its company; what is no language is left out', async () => {
    const { siteOf } = await directoryOf({
      [stored.company('steel')]: { languages: ['en-IN', 'hi-IN', 'Hindi!'] },
      [stored.number(DIALLED)]: { company_id: 'steel', languages: ['es-MX', 7, 'en-US'] },
      [stored.number(OTHER)]: { company_id: 'steel', languages: ['Español'] },
    });
    expect(siteOf(DIALLED).languages).toEqual(['es-MX', 'en-US']);
    expect(siteOf(OTHER).languages).toEqual(['en-IN', 'hi-IN']);
  });

  it('has the emergency number of no site of another company (I6)', async () => {
    const { siteOf } = await directoryOf({
      [stored.site('paper', 'mill')]: { name: 'Mill', emergency_number: '101' },
      [stored.number(DIALLED)]: { company_id: 'steel', site_id: 'mill' },
    });
    expect(siteOf(DIALLED)).toMatchObject({ companyId: 'steel', emergencyNumber: '112' });
  });

  it('is served although its site has a number that nobody can dial', async () => {
    const { siteOf } = await directoryOf({
      [stored.site('steel', 'mill')]: { emergency_number: 'the gate' },
      [stored.number(DIALLED)]: { company_id: 'steel', site_id: 'mill' },
    });
    expect(siteOf(DIALLED)).toMatchObject({ siteId: 'mill', emergencyNumber: '112' });
  });

  it('is one of many of its company, which is known by each of them', async () => {
    const { companyIds } = await directoryOf({
      [stored.number(DIALLED)]: { company_id: 'steel' },
      [stored.number('+15550100009')]: { company_id: 'steel' },
      [stored.number(OTHER)]: { company_id: 'paper' },
    });
    expect(companyIds().sort()).toEqual(['paper', 'steel']);
  });

  it('that no company has claimed goes to the default one, and somebody is told', async () => {
    const { siteOf, told } = await directoryOf({
      [stored.number(DIALLED)]: { company_id: '__x__', site_id: 'mill' },
    });
    expect(siteOf(DIALLED)).toEqual(fallback);
    expect(siteOf(OTHER)).toEqual(fallback);
    expect(told).toHaveLength(3);
  });
});
