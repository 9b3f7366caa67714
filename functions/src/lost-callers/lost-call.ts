import { incidentId } from '../calls/ids.ts';
import type { Call, CallStarted } from '../calls/model.ts';
import { callStarted } from '../calls/started.ts';
import type { UrgentCall } from '../incidents/incidents.ts';
import { type Link, readLink } from '../webhooks/link.ts';
import type { LostCaller } from './record.ts';

/** What is kept of the lost call itself. */
export function placeOf(
  of: Pick<Call, 'company_id' | 'site_id' | 'mobile_no' | 'dialled_no' | 'call_sid'> & {
    at: string;
  },
) {
  const { company_id, mobile_no, at } = of;
  return {
    company_id,
    mobile_no,
    at,
    ...(of.site_id === undefined ? {} : { site_id: of.site_id }),
    ...(of.dialled_no === undefined ? {} : { dialled_no: of.dialled_no }),
    ...(of.call_sid === undefined ? {} : { call_sid: of.call_sid }),
  };
}

/** What the lost call was started by, for whoever needs to know more of it than its id. */
export function startOf(callId: string, lost: LostCaller): CallStarted {
  return callStarted({ ...placeOf(lost), call_id: callId, medium: 'Voice' });
}

/** A call as incidents know it. */
export function toJoin(
  callId: string,
  { company_id, site_id, at }: Pick<LostCaller, 'company_id' | 'site_id' | 'at'>,
): UrgentCall {
  return { callId, companyId: company_id, siteId: site_id, at };
}

export function linkOf(query: string | undefined): Link | undefined {
  return query === undefined ? undefined : readLink(new URLSearchParams(query));
}

/** Of a call that was in no incident, its own begins one. */
export function incidentOf(callId: string, { incident_id }: LostCaller): string {
  return incident_id ?? incidentId(callId);
}
