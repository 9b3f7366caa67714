import { describe, expect, it } from 'vitest';
import { Company } from '../../../../../functions/src/access/companies.ts';
import type { CompanyView } from '../../../api/types.ts';
import { changesOf } from '../editing/merge.ts';
import { bodyOf, fieldsOf, reachingIn } from './company-fields.ts';

const company: CompanyView = {
  ...Company.parse({ name: 'Steel' }),
  id: 'steel',
  numbers: [],
  emergency_number: null,
  retention_days: null,
};
const known = fieldsOf(company);
const bodyFor = (changes: Partial<typeof known>) => {
  const edited = { ...known, ...changes };
  return bodyOf(changesOf(known, edited), edited);
};

describe('the fields of a company', () => {
  it('have each setting that the API has, so that none is out of reach', () => {
    const { id, numbers, reaching, targets, ...own } = company;
    const names = [own, reaching, targets].flatMap((each) => Object.keys(each));
    expect(Object.keys(known).sort()).toEqual(names.sort());
    expect(reachingIn(known)).toEqual(reaching);
  });

  it('are sent as they are changed; what the API takes whole is sent whole', () => {
    expect(bodyFor({})).toEqual({});
    expect(bodyFor({ name: 'Stahl', retention_days: 90 })).toEqual({
      name: 'Stahl',
      retention_days: 90,
    });
    expect(bodyFor({ answer_seconds: 5 })).toEqual({
      targets: { ...company.targets, answer_seconds: 5 },
    });
    expect(bodyFor({ name: 'Stahl', call_back: false })).toEqual({
      name: 'Stahl',
      reaching: { ...company.reaching, call_back: false },
    });
  });
});
