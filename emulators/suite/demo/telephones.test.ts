import { expect, test } from 'vitest';
import { LOCAL_STRANGER_NUMBER } from '../../twilio/local-account.ts';
import { DEMO_ON_CALL } from '../seed.ts';
import { demoTelephones } from './telephones.ts';

test('workers of both companies dial their own company', () => {
  const { workers, numbers } = demoTelephones();
  expect(new Set(workers.map(({ company }) => company)).size).toBe(2);
  for (const { company, dials } of workers) {
    expect(numbers.find(({ number }) => number === dials)?.company).toBe(company);
  }
});

test('everybody has a number of their own, and the stranger has nobody’s', () => {
  const { workers, supervisors, numbers } = demoTelephones();
  const all = [...workers, ...supervisors, ...numbers].map(({ number }) => number);
  expect(new Set([...all, LOCAL_STRANGER_NUMBER]).size).toBe(all.length + 1);
});

test('whoever is fetched first stands first', () => {
  expect(demoTelephones().supervisors[0]?.number).toBe(DEMO_ON_CALL);
});
