import {
  type DocumentReference,
  type DocumentSnapshot,
  FieldValue,
  type Firestore,
  type Transaction,
} from 'firebase-admin/firestore';
import { conversationId } from '../calls/ids.ts';
import { stored } from '../paths.ts';
import type { Pages } from './pages.ts';
import type { ArchivedConversation } from './schema.ts';
import { refuseTooLarge } from './size-limits.ts';
import { archivedPage, storedConversation } from './stored.ts';

/** A conversation's messages as they lie in Firestore. */
export interface StoredPages {
  exists: boolean;
  pages: Pages;
}

/**
 * `conversations/{id}` holds a conversation's first messages, `conversations/{id}/pages/{n}` with
 * n = 1, 2, … those that come after it; `page_count` in the first, where there are any, says how
 * many. They are only ever changed together, in one transaction.
 */
export function createConversations(firestore: Firestore, timeZone: string) {
  const mainDocument = (id: string) => firestore.doc(stored.conversation(id));
  const pageDocument = (id: string, n: number) => firestore.doc(stored.conversationPage(id, n));
  const pageDocuments = (id: string, count: number): DocumentReference[] =>
    Array.from({ length: count }, (_, index) => pageDocument(id, index + 1));

  /** The pages of a conversation whose main document the transaction has read. */
  async function readIn(
    transaction: Transaction,
    id: string,
    main: DocumentSnapshot | undefined,
  ): Promise<StoredPages> {
    if (!main?.exists) return { exists: false, pages: [] };
    const { messages, page_count } = storedConversation(main.data(), timeZone);
    const documents = pageDocuments(id, page_count);
    const further = documents.length ? await transaction.getAll(...documents) : [];
    return { exists: true, pages: [messages, ...further.map((page) => archivedPage(page.data()))] };
  }

  /** Writes only the pages that changed. */
  function writeIn(
    transaction: Transaction,
    callId: string,
    { exists, pages: before }: StoredPages,
    pages: Pages,
  ): void {
    refuseTooLarge(pages);
    const id = conversationId(callId);
    const [first = [], ...further] = pages;
    const pagesBefore = Math.max(0, before.length - 1);
    const fields = {
      call_id: callId,
      total_messages: pages.flat().length,
      ...(first === before[0] ? {} : { messages: first }),
      ...(further.length === pagesBefore ? {} : { page_count: further.length }),
      ...(exists ? {} : { archived_at: FieldValue.serverTimestamp() }),
    };
    transaction.set(mainDocument(id), fields, { mergeFields: Object.keys(fields) });
    for (const [index, messages] of further.entries()) {
      if (messages === before[index + 1]) continue;
      transaction.set(pageDocument(id, index + 1), { messages });
    }
    for (let n = further.length + 1; n <= pagesBefore; n++) transaction.delete(pageDocument(id, n));
  }

  /**
   * All messages of all pages. Where there are pages, all documents are read anew in one request,
   * which sees them at one moment: messages may have moved since the main document was read.
   */
  async function read(id: string): Promise<ArchivedConversation | undefined> {
    let [main, ...further]: DocumentSnapshot[] = [await mainDocument(id).get()];
    while (main?.exists) {
      const { page_count, ...conversation } = storedConversation(main.data(), timeZone);
      if (page_count === further.length) {
        const messages = further.flatMap((page) => archivedPage(page.data()));
        return { ...conversation, messages: [...conversation.messages, ...messages] };
      }
      [main, ...further] = await firestore.getAll(
        mainDocument(id),
        ...pageDocuments(id, page_count),
      );
    }
    return undefined;
  }

  return { mainDocument, readIn, writeIn, read };
}
