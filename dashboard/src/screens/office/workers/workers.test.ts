import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFiltered, queryOf, WorkerFilters } from './filters.ts';
import { bodyOfWorker, fieldsOfWorker, NO_WORKER } from './worker.ts';

describe('a worker in a form', () => {
  const asha = {
    id: 'w1',
    name: 'Asha',
    mobile_no: '+919800000001',
    site_id: null,
    admin_id: 'a1',
    language: null,
  };

  it('has an empty text where there is nothing, and is sent as nothing again', () => {
    const fields = fieldsOfWorker(asha);
    const { id: _, ...others } = asha;
    expect(fields).toEqual({
      ...NO_WORKER,
      name: 'Asha',
      mobile_no: asha.mobile_no,
      admin_id: 'a1',
    });
    expect(bodyOfWorker(fields)).toEqual(others);
  });

  it('sends the changed fields alone, trimmed', () => {
    expect(bodyOfWorker({ name: ' Asha V. ', site_id: '' })).toEqual({
      name: 'Asha V.',
      site_id: null,
    });
  });
});

describe('the filters in the address', () => {
  it('never keep the page from opening, whatever stands there', () => {
    const search = fc.dictionary(
      fc.constantFrom('q', 'site_id', 'admin_id', 'open'),
      fc.anything(),
    );
    fc.assert(
      fc.property(search, (given) => {
        expect(WorkerFilters.safeParse(given).success).toBe(true);
      }),
    );
  });

  it('are sent where they hold something, with the place in the list', () => {
    const none = WorkerFilters.parse({});
    expect(queryOf(none, null)).toBe('');
    expect(isFiltered({ ...none, q: ' ', open: 'w1' })).toBe(false);
    expect(queryOf({ ...none, q: ' ra ', open: 'w1' }, 'a+b=')).toBe('?q=ra&cursor=a%2Bb%3D');
    expect(isFiltered({ ...none, site_id: 's1' })).toBe(true);
  });
});
