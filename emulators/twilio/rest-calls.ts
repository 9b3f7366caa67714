/**
 * Twilio's Calls resource for calls that are known. How they are made is in rest-outgoing.ts.
 *
 * Differs from Twilio: calls can't be deleted, and are listed on one page; FallbackUrl, StatusCallback and
 * TimeLimit of an update are ignored; nothing is billed, formatted or grouped.
 */
import { z } from 'zod';
import { type CallStatus, rfc2822 } from './parameters.ts';
import { badRequest, notFound, RestError } from './rest-errors.ts';
import type { CallRecord, CallSwitchboard, CallUpdate } from './switchboard.ts';

/** TwiML in a request is shorter than a document that is fetched. */
export const LONGEST_TWIML = 4_000;

const updateSchema = z.object({
  Twiml: z.string().optional(),
  Url: z.string().optional(),
  Method: z.enum(['GET', 'POST']).default('POST'),
  Status: z.enum(['completed', 'canceled']).optional(),
});

/** @throws RestError */
export function readCall(switchboard: CallSwitchboard, callSid: string, path: string) {
  const found = switchboard.find(callSid);
  if (found === undefined) throw notFound(path);
  return callJson(found.record);
}

/** The newest first. */
export function listCalls(switchboard: CallSwitchboard, path: string, query: URLSearchParams) {
  const size = Math.min(Number(query.get('PageSize') ?? 50) || 50, 1_000);
  const asked = (name: string, value: string | null) => (query.get(name) ?? value) === value;
  const calls = switchboard
    .records()
    .filter(
      (record) =>
        asked('To', record.to) &&
        asked('From', record.from) &&
        asked('Status', record.status) &&
        asked('ParentCallSid', record.parentCallSid ?? null),
    )
    .reverse()
    .slice(0, size);
  return onePage('calls', calls.map(callJson), `${path}?${query}`);
}

/** @throws RestError */
export async function updateCall(
  switchboard: CallSwitchboard,
  callSid: string,
  path: string,
  form: Readonly<Record<string, string>>,
) {
  const found = switchboard.find(callSid);
  if (found === undefined) throw notFound(path);
  const update = readUpdate(form);
  // Without anything to change it is a read, as at Twilio.
  if (update === undefined) return callJson(found.record);
  if (!(await found.call.update(update))) throw tooLate(update, found.record.status);
  return callJson(switchboard.find(callSid)?.record ?? found.record);
}

/** Twilio's frame around a list that fits on one page. */
export function onePage(name: string, items: readonly unknown[], uri: string) {
  return {
    [name]: items,
    page: 0,
    page_size: Math.max(50, items.length),
    start: 0,
    end: Math.max(0, items.length - 1),
    uri,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
  };
}

function readUpdate(form: Readonly<Record<string, string>>): CallUpdate | undefined {
  const parsed = updateSchema.safeParse(form);
  if (!parsed.success) {
    throw badRequest(parsed.error.issues.map(({ path, message }) => `${path}: ${message}`).join());
  }
  const { Twiml: twiml, Url: url, Method: method, Status: status } = parsed.data;
  if ([twiml, url, status].filter((value) => value !== undefined).length > 1) {
    throw badRequest('Give only one of Twiml, Url and Status');
  }
  if (twiml !== undefined) {
    if (twiml.length <= LONGEST_TWIML) return { kind: 'twiml', twiml };
    throw twimlTooLong(twiml);
  }
  if (url !== undefined) {
    if (/^https?:\/\//i.test(url) && URL.canParse(url)) return { kind: 'url', url, method };
    throw new RestError(400, 21205, 'Url is not a valid URL: it must be absolute');
  }
  return status === undefined ? undefined : { kind: 'status', status };
}

export function twimlTooLong(twiml: string): RestError {
  const message = `Twiml is ${twiml.length} characters long, at most ${LONGEST_TWIML} are allowed`;
  return new RestError(400, 32018, message);
}

function tooLate(update: CallUpdate, status: CallStatus): RestError {
  const message =
    update.kind === 'status'
      ? `Call is ${status}. It cannot be set to ${update.status}.`
      : 'Call is not in-progress. Cannot redirect.';
  return new RestError(400, 21220, message);
}

export function callJson(record: CallRecord) {
  const { accountSid, callSid, startedAt, endedAt, createdAt } = record;
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}`;
  return {
    sid: callSid,
    account_sid: accountSid,
    parent_call_sid: record.parentCallSid ?? null,
    from: record.from,
    from_formatted: record.from,
    to: record.to,
    to_formatted: record.to,
    phone_number_sid: null,
    status: record.status,
    direction: record.direction ?? 'inbound',
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(endedAt ?? startedAt ?? createdAt),
    start_time: startedAt === null ? null : rfc2822(startedAt),
    end_time: endedAt === null ? null : rfc2822(endedAt),
    duration: record.durationInSeconds === null ? null : String(record.durationInSeconds),
    answered_by: record.answeredBy ?? null,
    api_version: '2010-04-01',
    caller_name: null,
    forwarded_from: null,
    group_sid: null,
    queue_time: '0',
    trunk_sid: null,
    price: null,
    price_unit: 'USD',
    uri: `${uri}.json`,
    subresource_uris: { recordings: `${uri}/Recordings.json` },
  };
}
