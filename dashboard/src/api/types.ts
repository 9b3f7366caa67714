/** The API's own shapes: types alone, nothing of the functions is bundled. */

export type { JoinView } from '../../../functions/src/admin/calls/join-routes.ts';
export type { OneCall } from '../../../functions/src/admin/calls/one-call.ts';
export type { ClientConfig } from '../../../functions/src/admin/client-config.ts';
export type { InsightsView, UnansweredView } from '../../../functions/src/admin/insights/views.ts';
export type { CardText, CardView } from '../../../functions/src/admin/manuals/card-routes.ts';
export type {
  ManualText,
  ManualView as Manual,
  VersionView as ManualVersion,
} from '../../../functions/src/admin/manuals/manual-record.ts';
export type { OnePassage as SpokenPassage } from '../../../functions/src/admin/manuals/passage-route.ts';
export type { Comparison, PassageView } from '../../../functions/src/admin/manuals/read-routes.ts';
export type { Tried } from '../../../functions/src/admin/manuals/try-route.ts';
export type { OperationsView as Operations } from '../../../functions/src/admin/operations/operations-view.ts';
export type { NamedEntry } from '../../../functions/src/admin/team/audit-names.ts';
export type { AuditView } from '../../../functions/src/admin/team/audit-view.ts';
export type { CompanyView } from '../../../functions/src/admin/team/company-routes.ts';
export type { NumberView } from '../../../functions/src/admin/team/numbers-routes.ts';
export type {
  OnCallView,
  PersonOnCall,
  WeekView,
} from '../../../functions/src/admin/team/on-call-view.ts';
export type { RetentionView } from '../../../functions/src/admin/team/retention-route.ts';
export type { WorkersImport } from '../../../functions/src/admin/team/workers-csv/import-route.ts';
export type { CallView, ConversationView } from '../../../functions/src/admin/views.ts';
export type {
  Fact,
  FactKind,
  FinalAction,
  Medium,
  Message,
  Role,
  Urgency,
} from '../../../functions/src/calls/model.ts';
export type { TimelineEntry } from '../../../functions/src/calls/timeline.ts';

/** A page of a list. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Person {
  id: string;
  email: string;
  name: string;
  company_id: string;
  role: 'viewer' | 'supervisor' | 'company_admin';
  /** Runs this installation, for all of its companies. */
  operator?: boolean;
}

/** What signing in, and going on after a reload, answer. */
export interface SignedIn {
  access_token: string;
  /** Seconds. */
  expires_in: number;
  admin: Person;
}
