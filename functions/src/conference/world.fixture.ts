import { CALL_ID, CALL_SID, STARTED } from '../calls/events.fixture.ts';
import type { Call, CallEvent, Message } from '../calls/model.ts';
import { callFrom } from '../calls/reduce.ts';
import { AuroraError } from '../errors.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import type { SignedAnswer } from '../webhooks/app.ts';
import { type Link, readLink } from '../webhooks/link.ts';
import { createConference } from './conference.ts';
import type { Holding, Outbound } from './ports.ts';
import { type Callback, createTwilio, type Leg } from './twilio.fixture.ts';

const BASE = 'https://aurora.example';
export const DIALLED = '+15550100002';

export const STAFF = ['admin_a', 'admin_b', 'admin_c'] as const;

export interface WorldOptions {
  database: LiveDatabase;
  transcription?: boolean;
  /** What ringing somebody comes to, in place of a leg. */
  refuse?: () => { refused: string; reason?: string } | undefined;
}

/** One call, supervisors with phones, and the conference in which Twilio's miniature joins them. */
export function createWorld({ database, transcription = true, refuse }: WorldOptions) {
  const twilio = createTwilio({ publicBaseUrl: BASE, post });
  const { legs, rooms, bag, announced, caller, conferences, ask, settle } = twilio;
  const events: CallEvent[] = [];
  const waiting: Message[] = [];
  const rung: Parameters<Outbound['call']>[0][] = [];
  let time = Date.parse('2025-10-04T14:32:00+05:30');
  const quiet = () => {};
  const log: Log = { info: quiet, warn: quiet, error: quiet, alert: quiet };

  const call: Call = { ...callFrom({ ...STARTED, dialled_no: DIALLED }), urgency: 'CRITICAL' };

  const holding: Holding = {
    async legJoined(_, adminId, leg) {
      const { owner } = call;
      if (owner?.kind === 'supervisor' && owner.id !== adminId) {
        throw new AuroraError(409, 'taken', 'Somebody else has it.');
      }
      call.owner = { kind: 'supervisor', id: adminId, epoch: (owner?.epoch ?? 0) + 1, leg };
    },
    async legLeft(_, leg) {
      if (call.owner?.leg !== leg) return false;
      call.owner = { kind: 'aurora', epoch: call.owner.epoch + 1 };
      twilio.toLine();
      return true;
    },
    async sendOn() {
      twilio.toLine();
    },
  };

  const room = createConference({
    publicBaseUrl: BASE,
    database,
    calls: {
      live: async () => structuredClone(call),
      apply: async (told) => void events.push(...told),
      waiting: async () => waiting,
      linkOf: async (callId, known) => linkOfCall(callId, known),
    },
    holding,
    outbound: {
      async call(asked) {
        rung.push(asked);
        const refused = refuse?.();
        if (refused) return refused;
        return twilio.ring(asked);
      },
    },
    conferences,
    line: twilio.line,
    transcription,
    now: () => time,
    log,
  });

  async function post({ url, form }: Callback): Promise<SignedAnswer> {
    const { pathname, search } = new URL(url);
    if (pathname === '/call-status') {
      call.status = 'ENDED';
      return { status: 204 };
    }
    const query = new URLSearchParams(search);
    const handler = HANDLERS[pathname];
    if (!handler) throw new Error(`Nobody serves ${pathname}.`);
    return room.webhooks[handler]({ query, form, link: readLink(query) });
  }

  return {
    room,
    conferences,
    call,
    caller,
    legs,
    rooms,
    bag,
    events,
    announced,
    /** Messages of supervisors that the caller has not heard. */
    waiting,
    rung,
    post,
    holding,
    /** The sids of supervisors' legs, in the order in which they were rung. */
    phones: () => [...legs.keys()].filter((sid) => sid !== CALL_SID),
    passTime(milliseconds: number): void {
      time += milliseconds;
    },
    steps: () =>
      events.flatMap((event) => (event.type === 'timeline_added' ? [event.entry.step] : [])),
    entries: () => events.flatMap((event) => (event.type === 'timeline_added' ? event.entry : [])),

    join: (adminId: string, mode: 'speak' | 'listen' | 'whisper', phone = '+15550100020') =>
      room.legs.join(CALL_ID, { id: adminId, phone }, mode),

    async answer(sid: string, AnsweredBy = 'human'): Promise<void> {
      const leg = legs.get(sid);
      if (leg?.at.kind !== 'ringing') return;
      const { url } = leg.at;
      leg.status = 'in-progress';
      twilio.report(sid, 'in-progress');
      await ask(leg, url, { AnsweredBy });
      await settle();
    },

    async press(sid: string, Digits: string): Promise<void> {
      const leg = legs.get(sid);
      if (leg?.at.kind !== 'gather') return;
      await ask(leg, leg.at.action, { Digits });
      await settle();
    },

    async hangUp(sid: string, status?: Leg['status']): Promise<void> {
      twilio.hangUp(sid, status);
      await settle();
    },

    /** A leg is gone, and Twilio tells nobody; what it should have ended goes on. */
    vanish(sid: string): void {
      const leg = legs.get(sid);
      if (leg?.at.kind === 'room') rooms.get(leg.at.name)?.members.delete(sid);
      if (leg) Object.assign(leg, { status: 'completed', at: { kind: 'over' } });
    },

    /** Somebody who is alone in a room that has not begun hears what its waiting address answers. */
    async wait(sid: string): Promise<void> {
      const leg = legs.get(sid);
      if (leg?.at.kind !== 'room' || rooms.get(leg.at.name)?.hasBegun !== false) return;
      const answer = await post({
        url: leg.at.wait,
        form: { CallSid: sid, CallStatus: leg.status },
      });
      if ('twiml' in answer) await twilio.hear(leg, answer.twiml);
      await settle();
    },

    /** Some seconds pass in which everybody who waits is looked after. */
    async waitAll(): Promise<void> {
      time += 9_000;
      for (const sid of legs.keys()) await this.wait(sid);
      await this.deliverAll();
    },

    /** Delivers one callback of the bag, which stays there for a repetition if it is kept. */
    async deliver(index = 0, keep = false): Promise<void> {
      const callback = bag[index % Math.max(bag.length, 1)];
      if (!callback) return;
      if (!keep) bag.splice(bag.indexOf(callback), 1);
      await post(callback);
      await settle();
    },

    async deliverAll(): Promise<void> {
      await settle();
      while (bag.length > 0) {
        await post(bag.shift() as Callback);
        await settle();
      }
    },

    lose: (index: number): void => void bag.splice(index % Math.max(bag.length, 1), 1),
    settle,
  };
}

export type World = ReturnType<typeof createWorld>;

const HANDLERS: Record<string, keyof World['room']['webhooks']> = {
  '/join-call': 'joinCall',
  '/join-answer': 'joinAnswer',
  '/join-status': 'joinStatus',
  '/join-wait': 'joinWait',
  '/join-left': 'joinLeft',
  '/caller-join': 'callerJoin',
  '/caller-wait': 'callerWait',
  '/dial-status': 'dialStatus',
  '/conference-status': 'conferenceStatus',
  '/announce': 'announce',
};

/** The turn that the caller was offered last, as the lines of held calls tell it. */
function linkOfCall(callId: string, call: Call): Link {
  const offered = call.line && readLink(new URLSearchParams(call.line.link));
  if (offered) return offered;
  return {
    call: callId,
    company: call.company_id,
    startedAt: call.timestamp,
    emergencyNumber: '112',
    turn: { n: 1, random: 'abcdef0123' },
    urgency: call.urgency,
    confirmed: false,
    badlyHeard: 0,
    slow: false,
    silences: 0,
    epoch: 0,
    language: 'en-IN',
    languages: ['en-IN'],
  };
}
