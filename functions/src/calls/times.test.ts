import { describe, expect, it } from 'vitest';
import { isoInZone, later, zoneOf } from './times.ts';

describe('times', () => {
  const noon = Date.parse('2025-10-04T09:00:00.120Z');

  it('carry the offset of the zone', () => {
    expect(isoInZone(noon, 'Asia/Kolkata')).toBe('2025-10-04T14:30:00.120+05:30');
    expect(isoInZone(noon, 'America/New_York')).toBe('2025-10-04T05:00:00.120-04:00');
    expect(isoInZone(Math.floor(noon / 1_000) * 1_000, 'Asia/Kolkata')).toBe(
      '2025-10-04T14:30:00+05:30',
    );
  });

  it('go on in the offset of an earlier time', () => {
    expect(isoInZone(noon, zoneOf('2025-10-04T14:30:00+05:30'))).toBe(
      '2025-10-04T14:30:00.120+05:30',
    );
    expect(isoInZone(noon, zoneOf('2025-10-04T09:00:00Z'))).toBe('2025-10-04T09:00:00.120Z');
  });

  it('are compared as instants, not as text', () => {
    const early = '2025-10-04T23:00:00+05:30';
    const late = '2025-10-04T18:00:00+00:00';
    expect(later(early, late)).toBe(late);
    expect(later(late, early)).toBe(late);
  });

  it('refuse a zone that does not exist', () => {
    expect(() => isoInZone(noon, 'Mars/Olympus')).toThrow(RangeError);
  });
});
