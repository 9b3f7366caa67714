import { z } from 'zod';
import {
  CALL_ID,
  formatTurnToken,
  MESSAGE_ID,
  parseTurnToken,
  type TurnToken,
} from '../calls/ids.ts';
import { LANGUAGE_TAG } from '../calls/language-tags.ts';
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
  /** The id of the question that the last reply ended with. */
  question?: string | undefined;
  /** Whether place and hazard were read back to the caller. */
  confirmed: boolean;
  /** Turns in a row that were badly heard. */
  badlyHeard: number;
  /** Whether the caller asked for slower speech. */
  slow: boolean;
  /** How many times in a row the caller was silent. */
  silences: number;
  /** Who speaks: grows with each take-over. */
  epoch: number;
  /** Epoch seconds until which a supervisor is known to have the call; absent where Aurora speaks. */
  heldUntil?: number | undefined;
  /** Whether Aurora's words were cut off by a person, and she takes them up when nothing is said. */
  resumes?: boolean | undefined;
  /** Whether it was sent into the call by redirecting it, and no webhook has offered it. */
  sent?: boolean | undefined;
  /** Supervisors' messages that are spoken before this turn: it is the proof that they were. */
  told?: readonly string[] | undefined;
  /** The call that was lost, and that this one calls back. */
  follows?: string | undefined;
  /** What is listened for and spoken now. */
  language: string;
  /** The call's languages, the site's own one first. Never empty. */
  languages: readonly string[];
  /** The reply that was just sent: what the caller heard last. */
  heard?: Heard | undefined;
}

const name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const count = z.coerce.number().int().min(0).max(999_999);
const flag = z
  .literal('1')
  .optional()
  .catch(undefined)
  .transform((value) => value === '1');
const epochSeconds = z.coerce.number().int().min(0).max(9_999_999_999);
/** Messages that one document tells. */
export const MOST_TOLD = 5;
/** `m000003-ab12cd34ef-2.m000004-…`: dots as in `langs`. */
const messages = z
  .string()
  .transform((listed) => listed.split('.'))
  .pipe(z.array(z.string().regex(MESSAGE_ID)).min(1).max(MOST_TOLD));
const question = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}(#[a-z0-9-]{1,32})?$/);
const language = z.string().regex(LANGUAGE_TAG);
/** `en-IN.hi-IN`: a dot is sent as it stands. */
const languages = z
  .string()
  .transform((listed) => listed.split('.'))
  .pipe(z.array(language).min(1).max(7));

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
  q: question.optional().catch(undefined),
  ok: flag,
  bad: count.catch(0),
  slow: flag,
  s: count.catch(0),
  ep: count.catch(0),
  held: epochSeconds.optional().catch(undefined),
  back: flag,
  rd: flag,
  told: messages.optional().catch(undefined),
  fo: z.string().regex(CALL_ID).optional().catch(undefined),
  lang: language,
  langs: languages.optional().catch(undefined),
  rid: Heard.shape.id.optional().catch(undefined),
  rh: Heard.shape.hash.optional().catch(undefined),
});

/** The link of an action URL; undefined where it is missing, incomplete or malformed. */
export function readLink(query: URLSearchParams): Link | undefined {
  const parsed = Query.safeParse(Object.fromEntries(query));
  if (!parsed.success) return undefined;
  const { call, co, site, at, en, turn, u, hz, st, ask, q, ok, bad, slow } = parsed.data;
  const { s, ep, held, back, rd, told, fo, lang, langs, rid, rh } = parsed.data;
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
    question: q,
    confirmed: ok,
    badlyHeard: bad,
    slow,
    silences: s,
    epoch: ep,
    heldUntil: held,
    resumes: back || undefined,
    sent: rd || undefined,
    told,
    follows: fo,
    language: lang,
    languages: langs ?? [lang],
    heard: rid && rh ? { id: rid, hash: rh } : undefined,
  };
}

/**
 * The query of an action URL: at most about 1,300 characters, since each value has its bound. Twilio
 * takes URLs of 4,000. https://www.twilio.com/docs/api/errors/21609
 */
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
    q: link.question,
    ok: link.confirmed ? 1 : undefined,
    bad: link.badlyHeard || undefined,
    slow: link.slow ? 1 : undefined,
    s: link.silences,
    ep: link.epoch,
    held: link.heldUntil,
    back: link.resumes ? 1 : undefined,
    rd: link.sent ? 1 : undefined,
    told: link.told?.length ? link.told.join('.') : undefined,
    fo: link.follows,
    lang: link.language,
    langs: link.languages.length > 1 ? link.languages.join('.') : undefined,
    rid: link.heard?.id,
    rh: link.heard?.hash,
  };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) query.set(key, String(value));
  }
  return query.toString();
}
