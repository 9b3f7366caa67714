import type { DemoPerson, DemoTelephones } from '../../telephone-page/protocol.ts';
import { ADMINS, COMPANIES, DEMO_ON_CALL, NUMBERS, WORKERS } from '../seed.ts';

/** The demo's people by their telephones, from the same data that the databases are given. */
export function demoTelephones(): DemoTelephones {
  return {
    workers: Object.values(WORKERS).map((of) => person(of, of.mobile_no)),
    supervisors: Object.values(ADMINS)
      .map((of) => person(of, of.phone))
      .toSorted((one, other) => rank(one) - rank(other)),
    numbers: Object.entries(NUMBERS).map(([number, { company_id, languages }]) => ({
      number,
      company: companyName(company_id),
      languages,
    })),
  };
}

/** Who is fetched first stands first. */
function rank({ number }: DemoPerson): number {
  return number === DEMO_ON_CALL ? 0 : 1;
}

function person(of: { name: string; company_id: string }, number: string): DemoPerson {
  const dials = Object.entries(NUMBERS).find(([, { company_id }]) => company_id === of.company_id);
  return { name: of.name, number, company: companyName(of.company_id), dials: dials?.[0] ?? '' };
}

function companyName(id: string): string {
  return COMPANIES[id as keyof typeof COMPANIES].name;
}
