import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NewPassword } from '../../../functions/src/access/password-policy.ts';
import { fieldFault } from './field-faults.ts';

const faultIn = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues[0]?.message ?? '';

describe('what is wrong with a field', () => {
  it.each([
    [z.string().min(1), '', 'यह ज़रूरी है'],
    [z.string().min(3), 'a', 'कम से कम 3 अक्षर'],
    [z.string().max(3), 'abcd', 'अधिक से अधिक 3 अक्षर'],
    [z.number().min(5), 1, 'कम से कम 5'],
    [z.number().int().max(60), 61, 'अधिक से अधिक 60'],
    [z.array(z.string()).min(1), [], 'कम से कम 1'],
    [z.email(), 'nobody', 'ई-मेल'],
    [z.string(), undefined, 'यह ज़रूरी है'],
    [z.enum(['a', 'b']), 'c', 'सही नहीं'],
    [z.iso.date(), 'soon', 'सही नहीं'],
    [NewPassword, 'short', '12'],
  ])('is told in Hindi as the schemas of the API word it: %#', (schema, value, told) => {
    expect(fieldFault(faultIn(schema, value), 'hi')).toContain(told);
  });

  it('stays as the API says it in English, and where nobody knows it', () => {
    expect(fieldFault('Invalid email address', 'en')).toBe('Invalid email address');
    expect(fieldFault('must be brand new', 'hi')).toBe('must be brand new');
  });
});
