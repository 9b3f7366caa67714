import { describe, expect, it } from 'vitest';
import { AuditFilters, auditQueryOf } from './audit-filters.ts';

describe('the filters of the audit log', () => {
  it('are taken from the address as far as they are any', () => {
    const found = AuditFilters.parse({ who: 'asha', q: 7, from: '2026-11-27', to: 'soon', x: 1 });
    expect(found).toEqual({ who: 'asha', from: '2026-11-27' });
  });

  it('are asked as the API takes them', () => {
    expect(auditQueryOf({})).toBe('');
    expect(auditQueryOf({ who: 'asha', action: 'site.changed', q: ' Mill 2 ' }, 'abc')).toBe(
      '?who=asha&action=site.changed&q=Mill+2&cursor=abc',
    );
  });

  it.each(['', ' ', 'x', '. -', 'a b'])('send no word that can not be found: %j', (q) => {
    expect(auditQueryOf({ q })).toBe('');
  });
});
