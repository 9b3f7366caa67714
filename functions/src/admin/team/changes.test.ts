import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuroraError } from '../../errors.ts';
import { changed, conflict, present, settled } from './changes.ts';

afterEach(() => void vi.useRealTimers());

describe('a change', () => {
  it('answers what it made, or why it is refused', async () => {
    await expect(settled(Promise.resolve('made'))).resolves.toBe('made');
    const refusal = conflict('in_use', 'It is in use.');
    await expect(settled(Promise.reject(refusal))).rejects.toBe(refusal);
  });

  it.each([
    ['of an unknown kind', new Error('14 UNAVAILABLE')],
    [
      'that is a database’s own 401',
      new AuroraError(401, 'database_refused', 'No.', { retryable: true }),
    ],
    ['that is a 503 of ours', new AuroraError(503, 'contended', 'Too many writers.')],
  ])('may have been made after an error %s, and says so', async (_, error) => {
    await expect(settled(Promise.reject(error))).rejects.toMatchObject({
      status: 503,
      code: 'unavailable',
      message: expect.stringContaining('not known'),
      cause: error,
    });
  });

  it('may have been made when nobody answers in time', async () => {
    vi.useFakeTimers();
    const answered = expect(settled(new Promise(() => {}))).rejects.toMatchObject({ status: 503 });
    await vi.runAllTimersAsync();
    await answered;
  });

  it('is a fault of ours where no repetition mends it', async () => {
    const error = new AuroraError(500, 'malformed', 'It is malformed.', { retryable: false });
    await expect(settled(Promise.reject(error))).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('the fields of a change', () => {
  it('leave what they do not name, and remove what they name as null', () => {
    const known: { name: string; site_id: string | null; language: string | null } = {
      name: 'A',
      site_id: 's1',
      language: null,
    };
    expect(changed(known, { site_id: null, name: undefined })).toEqual({ ...known, site_id: null });
    expect(present({ name: 'A', site_id: null, language: undefined })).toEqual({ name: 'A' });
  });
});
