/**
 * One conference: who is in it, who hears whom, when it starts and ends.
 *
 * Differs from Twilio: what is said is text, whole and at once; there is no beep, no hold music and
 * nobody who is detected to be speaking; a participant that coaches somebody who has left is heard by
 * nobody.
 */
import type { ConferenceCallbacksOptions } from './conference-callbacks.ts';
import { createConferenceCallbacks } from './conference-callbacks.ts';
import type { ConferenceNotice, JoinRequest, LeaveReason } from './conference-protocol.ts';
import type { Parameters } from './signed-request.ts';

export type ConferenceStatus = 'init' | 'in-progress' | 'completed';

export type EndReason =
  | 'last-participant-left'
  | 'last-participant-kicked'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'conference-ended-via-api';

export interface Participant {
  readonly callSid: string;
  readonly label: string | null;
  readonly startOnEnter: boolean;
  readonly joinedAt: Date;
  readonly notify: (notice: ConferenceNotice) => void;
  endOnExit: boolean;
  muted: boolean;
  hold: boolean;
  coaches: string | null;
}

export type ParticipantChange = Partial<
  Pick<Participant, 'muted' | 'hold' | 'coaches' | 'endOnExit'>
>;

export type Conference = ReturnType<typeof createConference>;

/** Twilio mixes no audio for one alone. */
const FEWEST_TO_START = 2;

export function createConference(options: ConferenceCallbacksOptions) {
  const { conferenceSid: sid, name } = options;
  const callbacks = createConferenceCallbacks(options);
  const participants = new Map<string, Participant>();
  const createdAt = new Date();
  let updatedAt = createdAt;
  let status: ConferenceStatus = 'init';
  let ended: { reason: EndReason; by: Participant | undefined } | undefined;

  return {
    sid,
    name,
    createdAt,
    get updatedAt() {
      return updatedAt;
    },
    get status() {
      return status;
    },
    get ended() {
      return ended;
    },
    participants: () => [...participants.values()],
    /** By CallSid or label. */
    find: (key: string) =>
      participants.get(key) ?? [...participants.values()].find(({ label }) => label === key),
    join,
    say,
    leave,
    change,
    kick: (participant: Participant) =>
      remove(participant, 'participant_updated_via_api', 'kicked'),
    end: () => end('conference-ended-via-api', undefined),
    report: callbacks.report,
  };

  function join(request: JoinRequest, notify: Participant['notify']): Participant {
    const { callSid, label, startOnEnter, endOnExit, muted, coaches } = request;
    const participant: Participant = {
      callSid,
      label,
      startOnEnter,
      endOnExit,
      muted,
      coaches,
      hold: false,
      joinedAt: new Date(),
      notify,
    };
    participants.set(callSid, participant);
    touch();
    notify({ type: 'joined', conferenceSid: sid });
    callbacks.report('participant-join', particulars(participant));
    const all = [...participants.values()];
    if (status === 'in-progress') {
      notify({ type: 'started' });
    } else if (all.length >= FEWEST_TO_START && all.some((each) => each.startOnEnter)) {
      status = 'in-progress';
      for (const each of all) each.notify({ type: 'started' });
      callbacks.report('conference-start', particulars(participant));
    }
    return participant;
  }

  function say(speaker: Participant, text: string): void {
    if (status !== 'in-progress' || !participants.has(speaker.callSid)) return;
    if (speaker.muted || speaker.hold) return;
    const { callSid: from, label, coaches } = speaker;
    for (const listener of participants.values()) {
      const hears = coaches === null || coaches === listener.callSid;
      if (listener === speaker || listener.hold || !hears) continue;
      listener.notify({ type: 'heard', text, from, label });
    }
  }

  function leave(participant: Participant, reason: LeaveReason): void {
    const wire = reason === 'hung-up' ? 'participant_hung_up' : 'participant_updated_via_api';
    remove(participant, wire, 'left');
  }

  function remove(participant: Participant, reason: string, how: 'left' | 'kicked'): void {
    if (participants.get(participant.callSid) !== participant) return;
    participants.delete(participant.callSid);
    touch();
    if (how === 'kicked') participant.notify({ type: 'removed', reason: 'kicked' });
    callbacks.report('participant-leave', {
      ...particulars(participant),
      ReasonParticipantLeft: reason,
      ParticipantCallStatus: reason === 'participant_hung_up' ? 'completed' : 'in-progress',
    });
    if (participant.endOnExit) {
      end(`participant-with-end-conference-on-exit-${how}`, participant);
    } else if (participants.size === 0) {
      end(`last-participant-${how}`, participant);
    }
  }

  function end(reason: EndReason, by: Participant | undefined): void {
    if (status === 'completed') return;
    status = 'completed';
    ended = { reason, by };
    touch();
    for (const participant of participants.values()) {
      participants.delete(participant.callSid);
      participant.notify({ type: 'removed', reason: 'ended' });
      callbacks.report('participant-leave', {
        ...particulars(participant),
        ReasonParticipantLeft:
          by === undefined ? 'conference_ended_via_api' : 'moderator_ended_conference',
        ParticipantCallStatus: 'in-progress',
      });
    }
    callbacks.report('conference-end', {
      ReasonConferenceEnded: reason,
      Reason: reasonInWords(reason, by),
      ...(by !== undefined && { CallSidEndingConference: by.callSid }),
      ...(by?.label && { ParticipantLabelEndingConference: by.label }),
    });
  }

  function change(participant: Participant, to: ParticipantChange): void {
    const before = { ...participant };
    Object.assign(participant, to);
    touch();
    const { muted, hold, coaches } = participant;
    participant.notify({ type: 'changed', muted, hold, coaches });
    const told = particulars(participant);
    if (muted !== before.muted) {
      callbacks.report(muted ? 'participant-mute' : 'participant-unmute', told);
    }
    if (hold !== before.hold)
      callbacks.report(hold ? 'participant-hold' : 'participant-unhold', told);
    if (coaches !== before.coaches || participant.endOnExit !== before.endOnExit) {
      callbacks.report('participant-modify', told);
    }
  }

  function touch(): void {
    updatedAt = new Date();
  }
}

function particulars(participant: Participant): Parameters {
  const { callSid, label, muted, hold, coaches, startOnEnter, endOnExit } = participant;
  return {
    CallSid: callSid,
    Muted: String(muted),
    Hold: String(hold),
    Coaching: String(coaches !== null),
    ...(coaches !== null && { CallSidToCoach: coaches }),
    StartConferenceOnEnter: String(startOnEnter),
    EndConferenceOnExit: String(endOnExit),
    ...(label !== null && { ParticipantLabel: label }),
  };
}

function reasonInWords(reason: EndReason, by: Participant | undefined): string {
  if (by === undefined) return 'The conference was ended via API';
  const how = reason.endsWith('kicked') ? 'was kicked' : 'left';
  return reason.startsWith('last')
    ? `The last participant ${by.callSid} ${how}`
    : `Participant ${by.callSid} with endConferenceOnExit=true ${how}`;
}
