/**
 * Twilio's Conferences resource and its Participants.
 *
 * Differs from Twilio: participants can't be called from here; lists have one page; HoldUrl, WaitUrl
 * and BeepOnExit are not heeded. What Twilio answers to a change of a conference that is over is not
 * documented; here it is not found any more, as its participants are.
 */
import { z } from 'zod';
import { announce } from './announcement.ts';
import type { Conference, Participant } from './conference.ts';
import type { ConferenceHub } from './conference-hub.ts';
import { rfc2822 } from './parameters.ts';
import { onePage } from './rest-calls.ts';
import { badRequest, notFound, RestError } from './rest-errors.ts';

export interface RestConferencesOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly timeScale: number;
  readonly conferences: ConferenceHub;
}

type Form = Readonly<Record<string, string>>;

const method = z.enum(['GET', 'POST']).default('POST');
/** Anything but `true` is false, as at Twilio. */
const flag = z
  .string()
  .transform((value) => value === 'true')
  .optional();

const conferenceUpdate = z.object({
  Status: z.literal('completed').optional(),
  AnnounceUrl: z.string().optional(),
  AnnounceMethod: method,
});

const participantUpdate = z.object({
  Muted: flag,
  Hold: flag,
  Coaching: flag,
  CallSidToCoach: z.string().optional(),
  EndConferenceOnExit: flag,
  AnnounceUrl: z.string().optional(),
  AnnounceMethod: method,
});

export function createRestConferences(options: RestConferencesOptions) {
  const { accountSid, conferences } = options;

  return {
    list,
    read: (sid: string, path: string) => conferenceJson(find(sid, path)),
    update,
    listParticipants,
    readParticipant: (sid: string, key: string, path: string) => {
      const { conference, participant } = findParticipant(sid, key, path);
      return participantJson(conference, participant);
    },
    updateParticipant,
    removeParticipant,
  };

  function list(path: string, query: URLSearchParams) {
    const asked = (name: string, value: string) => (query.get(name) ?? value) === value;
    const found = conferences
      .all()
      .filter(({ name, status }) => asked('FriendlyName', name) && asked('Status', status))
      .map(conferenceJson);
    return onePage('conferences', found, `${path}?${query}`);
  }

  /** @throws RestError */
  function update(sid: string, path: string, form: Form) {
    const conference = findLive(sid, path);
    const to = read(conferenceUpdate, form);
    if (to.AnnounceUrl !== undefined)
      speak(conference, undefined, to.AnnounceUrl, to.AnnounceMethod);
    if (to.Status === 'completed') conference.end();
    return conferenceJson(conference);
  }

  function listParticipants(sid: string, path: string, query: URLSearchParams) {
    const conference = find(sid, path);
    const asked = (name: string, value: boolean) =>
      (query.get(name) ?? String(value)) === String(value);
    const found = conference
      .participants()
      .filter(
        ({ muted, hold, coaches }) =>
          asked('Muted', muted) && asked('Hold', hold) && asked('Coaching', coaches !== null),
      )
      .map((participant) => participantJson(conference, participant));
    return onePage('participants', found, `${path}?${query}`);
  }

  /** @throws RestError */
  function updateParticipant(sid: string, key: string, path: string, form: Form) {
    const { conference, participant } = findParticipant(sid, key, path);
    const to = read(participantUpdate, form);
    const coaches = readCoaching(conference, participant, to);
    const { Muted: muted, Hold: hold, EndConferenceOnExit: endOnExit } = to;
    const change = {
      ...(muted !== undefined && { muted }),
      ...(hold !== undefined && { hold }),
      ...(endOnExit !== undefined && { endOnExit }),
      ...(coaches !== undefined && { coaches }),
    };
    if (Object.keys(change).length > 0) conference.change(participant, change);
    if (to.AnnounceUrl !== undefined) {
      speak(conference, participant, to.AnnounceUrl, to.AnnounceMethod);
    }
    return participantJson(conference, participant);
  }

  /** Undefined for no change. */
  function readCoaching(
    conference: Conference,
    participant: Participant,
    to: z.infer<typeof participantUpdate>,
  ): string | null | undefined {
    if (to.Coaching === false) return null;
    const coached = to.CallSidToCoach;
    if (coached === undefined || coached === '') {
      if (to.Coaching === true) throw badRequest('CallSidToCoach is required to coach');
      return undefined;
    }
    if (coached !== participant.callSid && conference.find(coached)?.callSid === coached) {
      return coached;
    }
    throw badRequest('CallSidToCoach is not another participant of this conference');
  }

  /** @throws RestError */
  function removeParticipant(sid: string, key: string, path: string): void {
    const { conference, participant } = findParticipant(sid, key, path);
    conference.kick(participant);
  }

  function speak(
    conference: Conference,
    to: Participant | undefined,
    url: string,
    how: 'GET' | 'POST',
  ): void {
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
      throw new RestError(400, 21205, 'AnnounceUrl is not a valid URL: it must be absolute');
    }
    conferences.track(announce({ conference, to, url, method: how }, options));
  }

  function find(sid: string, path: string): Conference {
    const conference = conferences.find(sid);
    if (conference === undefined) throw notFound(path);
    return conference;
  }

  function findLive(sid: string, path: string): Conference {
    const conference = find(sid, path);
    if (conference.status === 'completed') throw notFound(path);
    return conference;
  }

  function findParticipant(sid: string, key: string, path: string) {
    const conference = findLive(sid, path);
    const participant = conference.find(key);
    if (participant === undefined) throw notFound(path);
    return { conference, participant };
  }

  function conferenceJson(conference: Conference) {
    const uri = uriOf(conference);
    return {
      sid: conference.sid,
      account_sid: accountSid,
      friendly_name: conference.name,
      status: conference.status,
      region: 'us1',
      date_created: rfc2822(conference.createdAt),
      date_updated: rfc2822(conference.updatedAt),
      reason_conference_ended: conference.ended?.reason ?? null,
      call_sid_ending_conference: conference.ended?.by?.callSid ?? null,
      api_version: '2010-04-01',
      uri: `${uri}.json`,
      subresource_uris: {
        participants: `${uri}/Participants.json`,
        recordings: `${uri}/Recordings.json`,
      },
    };
  }

  function participantJson(conference: Conference, participant: Participant) {
    const { callSid, label, muted, hold, coaches, joinedAt } = participant;
    return {
      account_sid: accountSid,
      call_sid: callSid,
      conference_sid: conference.sid,
      label,
      muted,
      hold,
      coaching: coaches !== null,
      call_sid_to_coach: coaches,
      start_conference_on_enter: participant.startOnEnter,
      end_conference_on_exit: participant.endOnExit,
      status: 'connected',
      queue_time: '0',
      date_created: rfc2822(joinedAt),
      date_updated: rfc2822(conference.updatedAt),
      uri: `${uriOf(conference)}/Participants/${callSid}.json`,
    };
  }

  function uriOf(conference: Conference): string {
    return `/2010-04-01/Accounts/${accountSid}/Conferences/${conference.sid}`;
  }
}

/** @throws RestError */
function read<T>(schema: z.ZodType<T>, form: Form): T {
  const parsed = schema.safeParse(form);
  if (parsed.success) return parsed.data;
  throw badRequest(parsed.error.issues.map(({ path, message }) => `${path}: ${message}`).join());
}
