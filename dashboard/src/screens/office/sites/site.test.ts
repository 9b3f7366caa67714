import { describe, expect, it } from 'vitest';
import { bodyOfSite, fieldsOfSite, isEmergencyNumber, NO_SITE } from './site.ts';

describe('a site in a form', () => {
  it('has an empty text where there is nothing, and is sent as nothing again', () => {
    const site = {
      id: 's1',
      name: 'Mill',
      address: null,
      assembly_point: 'Gate 2',
      emergency_number: null,
    };
    const fields = fieldsOfSite(site);
    expect(fields).toEqual({ ...NO_SITE, name: 'Mill', assembly_point: 'Gate 2' });
    const { id: _, ...told } = site;
    expect(bodyOfSite(fields)).toEqual(told);
  });

  it('sends the changed fields alone, trimmed', () => {
    expect(bodyOfSite({ address: ' Dock Road 4 ' })).toEqual({ address: 'Dock Road 4' });
    expect(bodyOfSite({ emergency_number: '+91 12-34' })).toEqual({ emergency_number: '+911234' });
    expect(bodyOfSite({})).toEqual({});
  });

  it.each(['', '112', '+91 123 456', '1-1-2'])('takes %j as an emergency number', (text) => {
    expect(isEmergencyNumber(text)).toBe(true);
  });

  it.each(['1', '1o1', '+', '++112', '1234567890123456'])('refuses %j', (text) => {
    expect(isEmergencyNumber(text)).toBe(false);
  });
});
