import type { AuditView, Page } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';

/** The id of who changed a record last, as the audit log has it. Never rejects. */
export async function whoChanged(target: string): Promise<string | undefined> {
  const query = new URLSearchParams({ target, limit: '1' });
  try {
    const { body } = await askSignedIn<Page<AuditView>>('GET', `/api/audit?${query}`);
    return body.items[0]?.who.id;
  } catch {
    return undefined;
  }
}
