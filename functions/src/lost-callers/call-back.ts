import type { Assistant, SpokenPart } from '../assistant/assistant.ts';
import { wordingOfCall } from '../assistant/languages/wording.ts';
import { CALL_SID, callId, greetingTurn, messageId, nextTurn } from '../calls/ids.ts';
import type { CallEvent, CallStarted, Message } from '../calls/model.ts';
import { hashOfReply } from '../calls/spoken.ts';
import { callStarted } from '../calls/started.ts';
import { timelineId } from '../calls/timeline.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { AuroraError, asError } from '../errors.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { live } from '../paths.ts';
import type { Judged } from '../turn/on-call.ts';
import type { Accepted, SignedAnswer } from '../webhooks/app.ts';
import type { Link } from '../webhooks/link.ts';
import { StatusParameters, TERMINAL } from '../webhooks/parameters.ts';
import { sayAndListen, sayAndStartOver } from '../webhooks/twiml.ts';
import { within } from '../within.ts';
import { type CallBackQuery, callBackUrl, readCallBackQuery } from './addresses.ts';
import { askForKey } from './ask-for-key.ts';
import { incidentOf, linkOf, toJoin } from './lost-call.ts';
import type { LostCallers } from './lost-callers.ts';
import type { LostCaller } from './record.ts';
import type { LostStore } from './store.ts';

/** Milliseconds that somebody who has picked up waits for each thing that is read or written. */
const PATIENCE = 1_500;

export interface CallBackOptions {
  store: Pick<LostStore, 'read'>;
  lostCallers: () => Promise<Pick<LostCallers, 'reached' | 'tryFailed'>>;
  database: Pick<LiveDatabase, 'read'>;
  /** Records what happened beside a turn, as turns are recorded. */
  note: (started: CallStarted, events: CallEvent[]) => Promise<void>;
  /** Aurora's last words in a call, live or archived. */
  lastWords: (callId: string) => Promise<Message | undefined>;
  card: Assistant['card'];
  lineMoved: (started: CallStarted, link: Link, now: number) => CallEvent;
  siteOf: (dialled: string) => Promise<{ emergencyNumber: string; languages: readonly string[] }>;
  /** Fetches people where the new call needs them; resolves when that is certain to be done. */
  afterReply: (judged: Judged) => Promise<void>;
  /** Has a call and the lost one that it follows be of one incident. */
  join: Incidents['join'];
  /** Brings events to a call that is over. */
  apply: (events: readonly CallEvent[]) => Promise<void>;
  /** The door of `/call-status`: false where the end of the call could not be stored. */
  callStatus: (parameters: StatusParameters) => Promise<boolean>;
  /** Present for hashed call ids. */
  hashKey: string | undefined;
  publicBaseUrl: string;
  /** Said where nobody knows who was called back. */
  generalCard: () => string;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** The leg by which a lost caller is called back: what they hear when it is answered, and its end. */
export function createCallBack(options: CallBackOptions) {
  const { store, publicBaseUrl, now, log } = options;

  async function answered({ query, form }: Accepted): Promise<SignedAnswer> {
    const asked = readCallBackQuery(query);
    const callSid = form.CallSid ?? '';
    const lost = asked && (await patiently(store.read(asked.lost)));
    if (!asked || !lost || !CALL_SID.test(callSid)) {
      return { twiml: sayAndStartOver(publicBaseUrl, options.generalCard()) };
    }
    const before = linkOf(lost.link) ?? (await newLink(lost));
    if (isMachine(form.AnsweredBy) && !asked.person) {
      const { wording, language } = wordingOfCall(before);
      const action = callBackUrl(publicBaseUrl, '/call-back', { ...asked, person: '1' });
      return { twiml: askForKey(action, { text: wording.line.anybody, language }) };
    }
    return { twiml: await goOn(asked, lost, before, callSid) };
  }

  async function goOn(
    asked: CallBackQuery,
    lost: LostCaller,
    before: Link,
    callSid: string,
  ): Promise<string> {
    const started = startOf(asked, lost, callSid);
    const token = greetingTurn(callSid);
    const say = await words(asked, lost, before);
    const reply = say.map(({ text }) => text).join(' ');
    const link: Link = {
      ...before,
      call: started.call_id,
      startedAt: started.at,
      turn: nextTurn(callSid, token),
      heard: { id: messageId(token, 'assistant'), hash: hashOfReply(reply) },
      follows: asked.lost,
      epoch: 0,
      heldUntil: undefined,
      resumes: undefined,
      sent: undefined,
      told: undefined,
      silences: 0,
      badlyHeard: 0,
    };
    const incident_id = incidentOf(asked.lost, lost);
    const at = isoInZone(now(), zoneOf(started.at));
    const { call_id } = started;
    const entry = { at, step: 'called_back', channel: 'voice', other: asked.lost } as const;
    const events: CallEvent[] = [
      {
        type: 'message_added',
        call_id,
        message: {
          id: messageId(token, 'assistant'),
          role: 'assistant',
          content: reply,
          timestamp: at,
          sources: '',
        },
      },
      { type: 'incident_joined', call_id, at, incident_id },
      { type: 'timeline_added', call_id, id: timelineId('lost', call_id, 'called_back'), entry },
      options.lineMoved(started, link, now()),
      ...(before.urgency === 'NORMAL'
        ? []
        : [
            {
              type: 'urgency_changed' as const,
              call_id,
              urgency: before.urgency,
              by: { kind: 'aurora' as const, turn: 0, at },
            },
          ]),
    ];
    const ofLost: CallEvent[] = [
      { type: 'incident_joined', call_id: asked.lost, at, incident_id },
      {
        type: 'timeline_added',
        call_id: asked.lost,
        id: timelineId('lost', asked.lost, 'caller_regained', call_id),
        entry: { at, step: 'caller_regained', channel: 'voice', other: call_id },
      },
    ];
    await Promise.all([
      options.note(started, events),
      patiently(options.lostCallers().then(({ reached }) => reached(asked.lost, call_id, callSid))),
      patiently(options.apply(ofLost)),
      patiently(options.join({ ...toJoin(call_id, started), started }, toJoin(asked.lost, lost))),
      // The pages of the lost call were over with it.
      patiently(
        options.afterReply({
          started,
          at,
          key: undefined,
          isSilent: lost.why === 'silent',
          urgency: before.urgency,
          rung: undefined,
        }),
      ),
    ]);
    return sayAndListen({ publicBaseUrl, link, say });
  }

  /** Who calls, and then what was said last, so that the card goes on from where it stood. */
  async function words(
    { lost: lostId }: CallBackQuery,
    { why }: LostCaller,
    before: Link,
  ): Promise<SpokenPart[]> {
    const { wording, language } = wordingOfCall(before);
    const first = { text: wording.line.calledBack, language };
    if (why === 'silent') return [first];
    const last = await patiently(options.lastWords(lostId));
    if (last) return [first, { text: last.content, language: before.language }];
    const card = options.card(before.hazard, before.emergencyNumber, before.language);
    return [first, ...(card.parts ?? [{ text: card.reply, language: before.language }])];
  }

  /** The same call, however often Twilio asks for it, and on whatever instance. */
  function startOf({ lost: follows, at }: CallBackQuery, lost: LostCaller, callSid: string) {
    const timeZone = zoneOf(lost.at);
    const mobile_no = lost.mobile_no;
    return callStarted({
      call_id: callId({
        mobileNo: mobile_no,
        sid: callSid,
        now: at,
        timeZone,
        hashKey: options.hashKey,
      }),
      at: isoInZone(at, timeZone),
      mobile_no,
      medium: 'Voice',
      company_id: lost.company_id,
      call_sid: callSid,
      follows,
      ...(lost.dialled_no === undefined ? {} : { dialled_no: lost.dialled_no }),
      ...(lost.site_id === undefined ? {} : { site_id: lost.site_id }),
    });
  }

  /** Of a call that broke off before any turn was offered. */
  async function newLink(lost: LostCaller): Promise<Link> {
    const { emergencyNumber, languages } = await options.siteOf(lost.dialled_no ?? '');
    return {
      call: '',
      company: lost.company_id,
      site: lost.site_id,
      startedAt: lost.at,
      emergencyNumber,
      turn: { n: 0, random: '' },
      urgency: 'NORMAL',
      confirmed: false,
      badlyHeard: 0,
      slow: false,
      silences: 0,
      epoch: 0,
      language: languages[0] ?? 'en-IN',
      languages: languages.length > 0 ? languages : ['en-IN'],
    };
  }

  /**
   * The end of a leg that a person took is the end of their call; every other end is a try that
   * reached nobody. @throws where it could not be stored: Twilio tells it again
   */
  async function status({ query, form }: Accepted): Promise<SignedAnswer> {
    const asked = readCallBackQuery(query);
    const parameters = StatusParameters.safeParse(form).data;
    if (!asked || !parameters || !TERMINAL.has(parameters.CallStatus)) return { status: 204 };
    const { CallSid, CallStatus } = parameters;
    const [claim, lost] = await Promise.all([
      options.database.read(live.callSid(CallSid)),
      store.read(asked.lost),
    ]);
    const wasTaken = claim.value !== null || (lost?.outcome === 'reached' && lost.leg === CallSid);
    if (!wasTaken) {
      const reason = isMachine(form.AnsweredBy) ? 'voicemail' : CallStatus;
      await (await options.lostCallers()).tryFailed(asked.lost, asked.round, reason);
    } else if (!(await options.callStatus(parameters))) {
      throw new AuroraError(503, 'not_stored', 'The end of the call could not be stored.');
    }
    return { status: 204 };
  }

  /** Undefined where it failed or takes too long: somebody waits with the telephone at their ear. */
  async function patiently<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await within(PATIENCE, work);
    } catch (error) {
      log.error('A caller who is called back goes on without something that failed.', {
        error: asError(error),
      });
      return undefined;
    }
  }

  return { answered, status };
}

/** `human` and `unknown` are taken for a person: a machine that is spoken to costs less. */
function isMachine(answeredBy: string | undefined): boolean {
  return answeredBy === 'fax' || (answeredBy?.startsWith('machine') ?? false);
}
