import type { CallerLine } from './caller-line.ts';
import { aliveLegOf, legEnded } from './changes.ts';
import type { Holding, Line } from './ports.ts';
import type { Conference } from './record.ts';
import { refused } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import type { TellLeg } from './tell-leg.ts';

export interface EndLegOptions {
  rooms: Rooms;
  callerLine: CallerLine;
  holding: Pick<Holding, 'legLeft'>;
  line: Pick<Line, 'hangUp'>;
  tell: TellLeg;
  openWhispers: (conference: Conference) => Promise<void>;
}

/** What becomes of a call when a supervisor's leg is over, whoever ends it. */
export function createEndLeg(options: EndLegOptions) {
  const { rooms, holding, line, tell, openWhispers } = options;

  /** A leg is over, whoever tells it: the call is handed on, and the caller is not left alone. */
  async function end(callId: string, id: string, reason: string): Promise<void> {
    const changed = await rooms.change(callId, (known) => legEnded(known, id, reason));
    const leg = changed?.after.legs[id];
    if (!changed || !leg) return;
    if (leg.mode === 'speak') await openWhispers(changed.after);
    // A repetition does it again, in case the first one died on its way.
    const isHandedBack =
      leg.sid !== undefined && (await holding.legLeft(callId, leg.sid, leg.reason ?? reason));
    const { room, caller } = changed.after;
    if (isHandedBack) await options.callerLine.leaves(callId, room, caller.at);
    else await options.callerLine.dontLeaveAlone(callId, changed.after);
    await tell(callId, id, leg.state === 'left' ? 'left' : 'join_failed');
  }

  /** The supervisor hangs up by the page; a phone that still rings stops. */
  async function leave(callId: string, adminId: string): Promise<Conference> {
    const known = await rooms.read(callId);
    const id = known && aliveLegOf(known, adminId);
    const leg = id === undefined ? undefined : known?.legs[id];
    if (!known || id === undefined || !leg) throw refused('not_joined');
    if (leg.sid !== undefined) await line.hangUp(leg.sid);
    await end(callId, id, leg.state === 'joined' ? 'left_by_page' : 'canceled');
    return (await rooms.read(callId)) ?? known;
  }

  return { end, leave };
}
