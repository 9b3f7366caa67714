import type { Log } from '../log.ts';
import type { Conferences } from '../twilio/calling.ts';
import type { Addresses } from './addresses.ts';
import type { CallerLine } from './caller-line.ts';
import { createEndLeg } from './end-leg.ts';
import { createJoinLeg } from './join-leg.ts';
import { createLegModes } from './leg-modes.ts';
import type { Calls, Holding, Line, Outbound } from './ports.ts';
import type { Rooms } from './rooms.ts';
import { createTellLeg } from './tell-leg.ts';

export interface LegsOptions {
  rooms: Rooms;
  calls: Calls;
  callerLine: CallerLine;
  holding: Holding;
  outbound: Outbound;
  conferences: Pick<Conferences, 'change'>;
  line: Pick<Line, 'hangUp'>;
  addresses: Addresses;
  /** Whether speech in rooms is transcribed. */
  transcription: boolean;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/** The supervisors' own phones: rung, joined, changed and hung up. */
export function createLegs(options: LegsOptions) {
  const tell = createTellLeg(options);
  const { changeMode, openWhispers, auroraSpeaks } = createLegModes({ ...options, tell });
  const { end, leave } = createEndLeg({ ...options, tell, openWhispers });
  const { join, adopt } = createJoinLeg({ ...options, tell, end });
  return { join, adopt, end, tell, changeMode, openWhispers, leave, auroraSpeaks };
}

export type Legs = ReturnType<typeof createLegs>;
