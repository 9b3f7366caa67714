import { z } from 'zod';
import type { Principal } from '../../access/gate.ts';
import { conversationId } from '../../calls/ids.ts';
import { available } from '../available.ts';
import type { CallDesk } from '../calls/one-call.ts';
import { OneCall } from '../calls/one-call.ts';
import { AuditView } from '../team/audit-view.ts';
import { ConversationView } from '../views.ts';

/** All that is kept of one call, as a file takes it along. */
export const CallExport = z
  .object({
    exported_at: z.string(),
    exported_by: z.string().meta({ description: 'The id of the supervisor who asked for it.' }),
    call: OneCall,
    messages: ConversationView.shape.messages,
    people: z
      .record(z.string(), z.string())
      .meta({ description: 'Names by id, of the worker and of the supervisors who are named.' }),
    audit: z
      .array(AuditView)
      .nullable()
      .meta({ description: 'Who did and read what; null for those who are no company_admin.' }),
  })
  .meta({ id: 'CallExport' });
export type CallExport = z.infer<typeof CallExport>;

export interface CallExportOptions {
  desk: CallDesk;
  conversation: (principal: Principal, id: string) => Promise<ConversationView>;
  /** Undefined where nobody of the company has this id. */
  nameOf: (companyId: string, kind: 'worker' | 'admin', id: string) => Promise<string | undefined>;
  audit: (companyId: string, callId: string) => Promise<AuditView[]>;
}

/** Supervisors whose names are looked up; more than a call ever has. */
const MOST_PEOPLE = 100;

export function createCallExport({ desk, conversation, nameOf, audit }: CallExportOptions) {
  /** Throws 404 where there is no call that the principal may see. */
  return async function read(
    principal: Principal,
    callId: string,
    exported_at: string,
  ): Promise<CallExport> {
    const { companyId, adminId, role } = principal;
    const call = await desk.open(principal, callId);
    const [{ messages }, entries, people] = await Promise.all([
      conversation(principal, conversationId(call.call_id)),
      role === 'company_admin' ? available(audit(companyId, call.call_id)) : null,
      available(peopleOf(companyId, call)),
    ]);
    return { exported_at, exported_by: adminId, call, messages, people, audit: entries };
  };

  async function peopleOf(companyId: string, call: OneCall): Promise<Record<string, string>> {
    const admins = [...new Set(adminsIn(call))].slice(0, MOST_PEOPLE);
    const asked = [
      ['worker', call.worker_id] as const,
      ...admins.map((id) => ['admin', id] as const),
    ];
    const names = await Promise.all(
      asked.map(async ([kind, id]) => [id, await nameOf(companyId, kind, id)] as const),
    );
    return Object.fromEntries(names.filter((pair) => pair[1] !== undefined)) as Record<
      string,
      string
    >;
  }
}

function adminsIn(call: OneCall): string[] {
  const named = [
    call.owner?.id,
    call.admin_id,
    call.noted.admin_notes?.by,
    call.noted.final_action?.by,
    call.legal_hold?.by,
    ...call.acknowledged.map(({ by }) => by),
    ...call.dispatches.map(({ by }) => by),
    ...call.timeline.flatMap(({ by, whom }) => [by, whom]),
  ];
  return named.filter((id) => typeof id === 'string');
}
