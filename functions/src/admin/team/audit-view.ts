import type { DocumentSnapshot, Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { isoInZone } from '../../calls/times.ts';

export const AuditView = z
  .object({
    id: z.string(),
    at: z.string(),
    action: z.string().meta({ description: 'What was done, such as worker.changed.' }),
    target: z.string().meta({ description: 'The id of what it was done to.' }),
    who: z.object({
      kind: z.enum(['admin', 'api_key', 'operator', 'system']),
      id: z.string(),
    }),
    before: z.unknown().meta({ description: 'What was changed or removed, as it was.' }),
    after: z.unknown().meta({ description: 'What was changed or made, as it is since.' }),
    from: z
      .object({ ip: z.string(), user_agent: z.string() })
      .nullable()
      .meta({ description: 'Where the request came from.' }),
    request_id: z.string().nullable().meta({ description: 'The log has the request under it.' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditView = z.infer<typeof AuditView>;

/** Fields that no entry is written with. Should one ever be, nobody is shown it. */
const SECRETS = new Set([
  'password',
  'password_hash',
  'secret',
  'secret_hash',
  'totp_secret',
  'totp_pending',
  'link_hash',
]);

/** Undefined for what is malformed. */
export function viewEntry(document: DocumentSnapshot, timeZone: string): AuditView | undefined {
  const at = document.get('at') as Timestamp;
  const data = document.data();
  const entry = {
    ...data,
    id: document.id,
    at: isoInZone(at.toMillis(), timeZone),
    before: withoutSecrets(data?.before),
    after: withoutSecrets(data?.after),
  };
  return AuditView.safeParse(entry).data;
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !SECRETS.has(name))
      .map(([name, part]) => [name, withoutSecrets(part)]),
  );
}
