import type { CallEvent } from '../calls/model.ts';
import { waitingMessages } from '../calls/waiting.ts';
import type { holdingOver } from '../holding/holding.fixture.ts';
import type { LiveDatabase } from '../live-database.ts';
import type { Log } from '../log.ts';
import { createConference } from './conference.ts';
import type { Outbound } from './ports.ts';

/** What phones are rung with, and what comes of it. */
export interface Rung {
  asked: Parameters<Outbound['call']>[0][];
  /** In place of a leg that rings. */
  refuses?: { refused: string; reason?: string } | undefined;
  hungUp: string[];
}

/** Joining by phone over a real database and real holding; phones ring, and nobody answers. */
export function conferenceOver(options: {
  database: LiveDatabase;
  holding: ReturnType<typeof holdingOver>;
  apply: (events: readonly CallEvent[]) => Promise<void>;
  rung?: Rung | undefined;
  transcription?: boolean | undefined;
  now: () => number;
  log: Log;
}) {
  const { database, holding, apply, now, log } = options;
  const rung = options.rung ?? { asked: [], hungUp: [] };
  return createConference({
    publicBaseUrl: 'https://aurora.example',
    database,
    holding,
    transcription: options.transcription ?? true,
    calls: {
      live: async (callId) => (await holding.readState(callId)).call,
      waiting: async (callId) => waitingMessages(await holding.readState(callId)),
      linkOf: holding.lines.linkOf,
      apply,
    },
    outbound: {
      async call(asked) {
        rung.asked.push(asked);
        return rung.refuses ?? { sid: `CA${String(rung.asked.length).padStart(32, '0')}` };
      },
    },
    conferences: {
      find: async () => undefined,
      participants: async () => [],
      change: async () => true,
      announce: async () => true,
      remove: async () => {},
    },
    line: {
      redirect: async () => true,
      hangUp: async (sid) => void rung.hungUp.push(sid),
      state: async () => ({ status: 'ringing' }),
    },
    now,
    log,
  });
}
