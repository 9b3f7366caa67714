import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../api/ask.ts';
import { refusalOf } from './refusal.ts';

const refused = (fields: { path: string; message: string }[] | undefined, status = 400) =>
  new ApiError({
    status,
    code: 'invalid_request',
    message: 'Mend it.',
    details: { request_id: '1', ...(fields && { fields }) },
  });

describe('what was refused', () => {
  it('is told by the fields that the form has', () => {
    const error = refused([
      { path: 'name', message: 'is too long' },
      { path: 'rota.0.days', message: 'is no day' },
    ]);
    expect(refusalOf(error, ['name', 'rota'])).toEqual({
      fields: { name: 'is too long', 'rota.0.days': 'is no day' },
      message: undefined,
    });
  });

  it('is told above them where the form has no such field, or the API names none', () => {
    const error = refused([
      { path: 'name', message: 'is too long' },
      { path: 'colour', message: 'is not known' },
    ]);
    expect(refusalOf(error, ['name']).message).toBe('Mend it. colour: is not known');
    expect(refusalOf(refused(undefined, 409), ['name'])).toEqual({
      fields: {},
      message: 'Mend it.',
    });
    expect(refusalOf(new TypeError('gone'), ['name']).message).toBe('gone');
  });

  it('is not told where the session is over, which a dialog asks to mend', () => {
    expect(refusalOf(refused(undefined, 401), ['name'])).toEqual({
      fields: {},
      message: undefined,
    });
  });
});
