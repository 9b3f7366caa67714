import type { Conferences, Participant } from '../twilio/calling.ts';

/** A conference has begun when two were in it: who is left alone then hears nothing any more. */
export interface Room {
  sid: string;
  members: Map<string, Participant>;
  hasBegun: boolean;
}

/** Twilio's resource of conferences over these rooms, by name; what is announced is written down. */
export function createConferences(rooms: ReadonlyMap<string, Room>) {
  const announced: string[] = [];

  const conferences: Conferences = {
    find: async (name) => rooms.get(name)?.sid,
    participants: async (sid) => [...(roomBySid(sid)?.members.values() ?? [])],
    async change(sid, callSid, to) {
      const member = roomBySid(sid)?.members.get(callSid);
      if (!member) return false;
      if (to.muted !== undefined) member.muted = to.muted;
      if (to.coaches === null) delete member.coaches;
      else if (to.coaches !== undefined) member.coaches = to.coaches;
      return true;
    },
    async announce(sid, url) {
      if (!roomBySid(sid)) return false;
      announced.push(url);
      return true;
    },
    async remove() {},
  };

  function roomBySid(sid: string) {
    return [...rooms.values()].find((known) => known.sid === sid);
  }

  return { conferences, announced };
}
