import { z } from 'zod';
import { CALL_ID, formatTurnToken, parseTurnToken, type TurnToken } from '../calls/ids.ts';
import { Heard, Timestamp, Urgency } from '../calls/model.ts';

/**
 * What an instance must not forget travels with the call, in the action URLs that we write and
 * that Twilio's signature covers. An instance that has never seen the call, and can't read it, goes
 * on from this.
 */
export interface Link {
  call: string;
  company: string;
  site?: string | undefined;
  /** When the call started, with the company's offset. */
  startedAt: string;
  emergencyNumber: string;
  turn: TurnToken;
  urgency: Urgency;
  hazard?: string | undefined;
  step?: number | undefined;
  /** The hazard that was asked back about. */
  asked?: string | undefined;
  /** How many times in a row the caller was silent. */
  silences: number;
  /** Who speaks: grows with each take-over. */
  epoch: number;
  language: string;
  /** The reply that was just sent: what the caller heard last. */
  heard?: Heard | undefined;
}

const name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const count = z.coerce.number().int().min(0).max(999_999);

const Query = z.object({
  call: z.string().regex(CALL_ID),
  co: name,
  site: name.optional(),
  at: Timestamp,
  en: z.string().regex(/^\+?[0-9]{2,15}$/),
  turn: z.string().transform((token, context) => {
    const turn = parseTurnToken(token);
    if (turn) return turn;
    context.addIssue('not a turn token');
    return z.NEVER;
  }),
  u: Urgency.catch('NORMAL'),
  hz: name.optional().catch(undefined),
  st: count.optional().catch(undefined),
  ask: name.optional().catch(undefined),
  s: count.catch(0),
  ep: count.catch(0),
  lang: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
  rid: Heard.shape.id.optional().catch(undefined),
  rh: Heard.shape.hash.optional().catch(undefined),
});

/** The link of an action URL; undefined where it is missing, incomplete or malformed. */
export function readLink(query: URLSearchParams): Link | undefined {
  const parsed = Query.safeParse(Object.fromEntries(query));
  if (!parsed.success) return undefined;
  const { call, co, site, at, en, turn, u, hz, st, ask, s, ep, lang, rid, rh } = parsed.data;
  return {
    call,
    company: co,
    site,
    startedAt: at,
    emergencyNumber: en,
    turn,
    urgency: u,
    hazard: hz,
    step: st,
    asked: ask,
    silences: s,
    epoch: ep,
    language: lang,
    heard: rid && rh ? { id: rid, hash: rh } : undefined,
  };
}

/** The query of an action URL. */
export function writeLink(link: Link): string {
  const values = {
    call: link.call,
    co: link.company,
    site: link.site,
    at: link.startedAt,
    en: link.emergencyNumber,
    turn: formatTurnToken(link.turn),
    u: link.urgency,
    hz: link.hazard,
    st: link.step,
    ask: link.asked,
    s: link.silences,
    ep: link.epoch,
    lang: link.language,
    rid: link.heard?.id,
    rh: link.heard?.hash,
  };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) query.set(key, String(value));
  }
  return query.toString();
}
