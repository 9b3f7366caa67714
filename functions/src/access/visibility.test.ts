import { describe, expect, it } from 'vitest';
import { callNotFound, maySee } from './visibility.ts';

describe('a supervisor (I6)', () => {
  it.each([
    ['sees a call of the own company', 'steel', { company_id: 'steel' }, true],
    ['does not see a call of another company', 'steel', { company_id: 'paper' }, false],
    ['does not see a company whose name begins alike', 'steel', { company_id: 'steel2' }, false],
    ['does not see a company whose name differs in case', 'steel', { company_id: 'Steel' }, false],
    ['does not see a call that is not there', 'steel', undefined, false],
  ])('%s', (_, company_id, call, visible) => {
    expect(maySee({ company_id }, call)).toBe(visible);
  });

  it('gets one and the same answer for a foreign and an unknown call', () => {
    expect(callNotFound()).toMatchObject({ status: 404, code: 'not_found', retryable: false });
  });
});
