import { CALL_SID } from '../calls/events.fixture.ts';
import type { Participant } from '../twilio/calling.ts';
import type { SignedAnswer } from '../webhooks/app.ts';
import { createConferences, type Room } from './conferences.fixture.ts';
import type { Line, Outbound } from './ports.ts';

export interface Leg {
  sid: string;
  status: 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  /** Where it is: in a Gather or a room, each with the address that is asked next. */
  at:
    | { kind: 'ringing'; url: string }
    | { kind: 'gather'; action: string }
    | { kind: 'room'; name: string; action: string; ends: boolean; wait: string; callback: string }
    | { kind: 'line' }
    | { kind: 'over' };
  statusCallback?: string;
  said: string[];
  transcription?: string;
  /** The turn that a caller was sent to after a room. */
  turn?: string;
}

export interface Callback {
  url: string;
  form: Record<string, string>;
}

export interface TwilioOptions {
  publicBaseUrl: string;
  /** Asks one of our addresses. */
  post: (callback: Callback) => Promise<SignedAnswer>;
}

/**
 * Twilio's hosted side in miniature: legs that follow TwiML, conferences that end as Twilio's do, and
 * status callbacks that lie in a bag until a test delivers them, in whatever order and however often.
 */
export function createTwilio({ publicBaseUrl, post }: TwilioOptions) {
  const legs = new Map<string, Leg>();
  const rooms = new Map<string, Room>();
  const bag: Callback[] = [];
  let pending: (() => Promise<void>)[] = [];
  let numbers = 0;

  const caller: Leg = { sid: CALL_SID, status: 'in-progress', at: { kind: 'line' }, said: [] };
  legs.set(CALL_SID, caller);
  const { conferences, announced } = createConferences(rooms);

  const line: Line = {
    async redirect(sid, twiml) {
      const leg = legs.get(sid);
      if (leg?.status !== 'in-progress') return false;
      leaveRoom(leg);
      pending.push(() => follow(leg, twiml));
      return true;
    },
    hangUp: async (sid) => hangUp(sid),
    state: async (sid) => {
      const leg = legs.get(sid);
      return leg && { status: leg.status };
    },
  };

  function ring(asked: Parameters<Outbound['call']>[0]) {
    const sid = `CA${(++numbers).toString(16).padStart(32, 'f')}`;
    legs.set(sid, {
      sid,
      status: 'ringing',
      at: { kind: 'ringing', url: asked.url },
      statusCallback: asked.statusCallback,
      said: [],
    });
    report(sid, 'ringing');
    return { sid };
  }

  function toLine(): void {
    if (caller.status !== 'in-progress') return;
    leaveRoom(caller);
    caller.at = { kind: 'line' };
  }

  /** A form as Twilio posts it, put into the bag. */
  function report(sid: string, CallStatus: string, more: Record<string, string> = {}): void {
    const url = legs.get(sid)?.statusCallback;
    if (url) bag.push({ url, form: { CallSid: sid, CallStatus, ...more } });
  }

  function leaveRoom(leg: Leg): void {
    if (leg.at.kind !== 'room') return;
    const { name, ends, callback } = leg.at;
    const known = rooms.get(name);
    leg.at = { kind: 'over' };
    if (!known?.members.delete(leg.sid)) return;
    bag.push({ url: callback, form: conferenceForm(known.sid, 'participant-leave', leg.sid) });
    if (!ends && known.members.size > 0) return;
    rooms.delete(name);
    bag.push({ url: callback, form: conferenceForm(known.sid, 'conference-end') });
    for (const sid of known.members.keys()) {
      const member = legs.get(sid) as Leg;
      const { at } = member;
      if (at.kind !== 'room') continue;
      bag.push({ url: callback, form: conferenceForm(known.sid, 'participant-leave', sid) });
      member.at = { kind: 'over' };
      pending.push(() => ask(member, at.action, { DialCallStatus: 'answered' }));
    }
  }

  function hangUp(sid: string, status: Leg['status'] = 'completed'): void {
    const leg = legs.get(sid);
    if (!leg || (leg.status !== 'in-progress' && leg.status !== 'ringing')) return;
    const { at } = leg;
    leg.status = leg.status === 'ringing' && status === 'completed' ? 'canceled' : status;
    leaveRoom(leg);
    if (at.kind === 'room') pending.push(() => ask(leg, at.action, {}));
    leg.at = { kind: 'over' };
    report(sid, leg.status);
    if (leg === caller) bag.push({ url: `${publicBaseUrl}/call-status`, form: { CallSid: sid } });
  }

  /** Asks an address for what a leg does next, and does it where the leg is still there. */
  async function ask(leg: Leg, url: string, form: Record<string, string>): Promise<void> {
    const answer = await post({
      url,
      form: { CallSid: leg.sid, CallStatus: leg.status, ...form },
    });
    if (leg.status === 'in-progress' && 'twiml' in answer) await follow(leg, answer.twiml);
  }

  async function follow(leg: Leg, twiml: string): Promise<void> {
    if (leg.status !== 'in-progress') return;
    const document = twiml.replaceAll('&amp;', '&');
    leg.said.push(...[...document.matchAll(/<Say[^>]*>([^<]*)</g)].map(([, words]) => words ?? ''));
    const started = /<Start><Transcription[^>]*statusCallbackUrl="([^"]+)"/.exec(document)?.[1];
    if (started !== undefined) leg.transcription = started;
    if (/<Stop>/.test(document)) delete leg.transcription;
    const gather = /<Gather[^>]*action="([^"]+)"/.exec(document)?.[1];
    const dial = /<Dial action="([^"]+)"/.exec(document)?.[1];
    const redirect = /<Redirect[^>]*>([^<]+)</.exec(document)?.[1];
    if (gather !== undefined) leg.at = { kind: 'gather', action: gather };
    else if (dial !== undefined) enterRoom(leg, document, dial);
    else if (redirect?.includes('/process-speech'))
      Object.assign(leg, { at: { kind: 'line' }, turn: redirect });
    else if (redirect !== undefined) await ask(leg, redirect, {});
    else hangUp(leg.sid);
  }

  function enterRoom(leg: Leg, document: string, action: string): void {
    const [, attributes = '', name = ''] =
      /<Conference([^>]*)>([^<]*)<\/Conference>/.exec(document) ?? [];
    const of = (attribute: string) =>
      new RegExp(`${attribute}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const known: Room = rooms.get(name) ?? {
      sid: `CF${(++numbers).toString(16).padStart(32, '0')}`,
      members: new Map<string, Participant>(),
      hasBegun: false,
    };
    rooms.set(name, known);
    const coaches = of('coach');
    known.members.set(leg.sid, {
      callSid: leg.sid,
      muted: of('muted') === 'true',
      ...(coaches ? { coaches } : {}),
    });
    if (known.members.size > 1) known.hasBegun = true;
    const callback = of('statusCallback');
    const ends = of('endConferenceOnExit') === 'true';
    leg.at = { kind: 'room', name, action, ends, wait: of('waitUrl'), callback };
    bag.push({ url: callback, form: conferenceForm(known.sid, 'participant-join', leg.sid) });
  }

  async function hear(leg: Leg, twiml: string): Promise<void> {
    leg.said.push(...[...twiml.matchAll(/<Say[^>]*>([^<]*)</g)].map(([, words]) => words ?? ''));
  }

  /** Follows what redirects and rooms that ended have asked for. */
  async function settle(): Promise<void> {
    while (pending.length > 0) {
      const work = pending;
      pending = [];
      for (const each of work) await each();
    }
  }

  return {
    legs,
    rooms,
    bag,
    announced,
    caller,
    conferences,
    line,
    ring,
    toLine,
    hangUp,
    report,
    ask,
    hear,
    settle,
  };
}

function conferenceForm(
  ConferenceSid: string,
  StatusCallbackEvent: string,
  CallSid?: string,
): Record<string, string> {
  return { ConferenceSid, StatusCallbackEvent, ...(CallSid === undefined ? {} : { CallSid }) };
}
