import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../api/ask.ts';
import { askSignedIn } from '../../../session/session.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { MANUALS } from './use-manuals.ts';

/** Does something with a manual. What is refused is thrown in words of the page's language. */
export function useDeed(manualId: string) {
  const { refusals } = useTextsOf(manualTexts);
  const client = useQueryClient();
  return async function deed<T>(
    name: 'submit' | 'approve' | 'publish' | 'withdraw',
    body: unknown,
    etag?: string,
  ): Promise<T> {
    try {
      const answer = await askSignedIn<T>('POST', `/api/manuals/${manualId}/${name}`, {
        ...(body === undefined ? {} : { body }),
        ...(etag === undefined ? {} : { headers: { 'if-match': etag } }),
      });
      return answer.body;
    } catch (error) {
      const words = error instanceof ApiError && refusals[error.code];
      throw words ? new ApiError({ ...error, message: words }) : error;
    } finally {
      await client.invalidateQueries({ queryKey: [MANUALS] });
    }
  };
}
