import { auditActionTexts } from '../../../texts/office/audit-actions.ts';
import { useTexts } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';

/** Every action that has words, by its code. */
export function useActionWords(): Record<string, string> {
  const { call } = useTexts();
  const others = useTextsOf(auditActionTexts);
  return { ...others, ...call.auditActions };
}

/** Under which heading an action stands in a list of all. */
export type Group =
  | 'session'
  | 'call'
  | 'worker'
  | 'site'
  | 'admin'
  | 'company'
  | 'api_key'
  | 'manual'
  | 'audit';

const GROUPS: Record<string, Group> = {
  session: 'session',
  link: 'session',
  call: 'call',
  calls: 'call',
  conversation: 'call',
  worker: 'worker',
  workers: 'worker',
  site: 'site',
  admin: 'admin',
  company: 'company',
  number: 'company',
  api_key: 'api_key',
  manual: 'manual',
  audit: 'audit',
  insights: 'audit',
};

export function groupOf(action: string): Group {
  return GROUPS[action.split('.')[0] ?? ''] ?? 'company';
}
