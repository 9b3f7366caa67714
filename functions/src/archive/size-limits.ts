import { AuroraError } from '../errors.ts';
import { PAGE_LIMITS, type Pages, pageSize } from './pages.ts';

/**
 * Bytes of all pages together. A request to Firestore holds at most 10 MiB, and a message late
 * enough can change every page: below this a merge always fits into its one transaction. The rest
 * is for the call document and for what the wire adds, at most an eighth. It is what a person says
 * in some days without a pause.
 * https://firebase.google.com/docs/firestore/quotas#writes_and_transactions
 */
export const LONGEST_CONVERSATION = 8_000_000;

/**
 * Throws where Firestore would refuse the pages, however often they are brought. What was to be
 * archived stays where it is: a live copy live, late events among the dead letters.
 */
export function refuseTooLarge(pages: Pages): void {
  const sizes = pages.map(pageSize);
  if (sizes.some((size) => size > PAGE_LIMITS.bound)) {
    throw tooLarge('message_too_large', 'One message is larger than a document can be.');
  }
  if (sizes.reduce((sum, size) => sum + size, 0) > LONGEST_CONVERSATION) {
    throw tooLarge(
      'conversation_too_large',
      'The conversation is larger than one transaction can archive: split or shorten it by hand.',
    );
  }
}

function tooLarge(code: string, message: string): AuroraError {
  return new AuroraError(413, code, message, { retryable: false });
}
