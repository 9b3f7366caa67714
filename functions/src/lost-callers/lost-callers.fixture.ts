import { Company } from '../access/companies.ts';
import type { ReachingPolicy } from '../access/reaching-policy.ts';
import { useFirestore } from '../archive/archive.fixture.ts';
import { createArchive } from '../archive/archive.ts';
import { createSettle } from '../archive/settle.ts';
import { toldState } from '../assistant/dialogue/told-state.ts';
import { speaksOfHiding } from '../assistant/floor/hiding.ts';
import { recognize } from '../assistant/floor/recognize.ts';
import { callId, messageId } from '../calls/ids.ts';
import type { CallEvent, CallStarted, Urgency } from '../calls/model.ts';
import { callStarted } from '../calls/started.ts';
import { isoInZone } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import { createIncidents } from '../incidents/incidents.ts';
import { useRealtimeDatabase } from '../live-database.fixture.ts';
import { createMirror } from '../mirror/apply.ts';
import { createCounts } from '../outbound/counts.ts';
import { recordingTwilio } from '../outbound/outbound.fixture.ts';
import { createOutbound, type SendCaps } from '../outbound/outbound.ts';
import { live } from '../paths.ts';
import { recordingLog } from '../upkeep/upkeep.fixture.ts';
import { type Link, writeLink } from '../webhooks/link.ts';
import type { Meaning } from './judge.ts';
import { createLostCallers } from './lost-callers.ts';
import { createLostStore } from './store.ts';

export const [CALLER, DIALLED] = ['+15550100001', '+15550100002'];
export const PUBLIC_BASE_URL = 'https://aurora.example.com';
const ZONE = 'Asia/Kolkata';
export const START = Date.parse('2025-10-04T14:30:00+05:30');

export const meaning: Meaning = {
  toldState,
  speaksOfHiding,
  hazardsIn: (text) => recognize(text).hazards.map(({ hazard }) => hazard),
};

const CAPS: SendCaps = {
  callsPerCaller: 6,
  textsPerCaller: 30,
  toCallers: 100,
  perPerson: 100,
  toPeople: 100,
};

/** Calls that break off, on real databases, and a Twilio that takes what is asked of it. */
export function useLostCallers() {
  const realtimeDatabase = useRealtimeDatabase();
  const emptyFirestore = useFirestore();

  return function setUp(
    options: { reaching?: Partial<ReachingPolicy>; caps?: Partial<SendCaps> } = {},
  ) {
    const database = realtimeDatabase.emptyDatabase();
    const archive = createArchive(emptyFirestore(), ZONE);
    const clock = { ms: START };
    const now = () => clock.ms;
    const settle = createSettle({ database, archive, now, timeZone: ZONE });
    const mirror = createMirror({ database, archive: settle, now });
    const twilio = recordingTwilio();
    const { log, lines } = recordingLog();
    const asked: { callId: string; reason: string }[] = [];
    const hungUp: string[] = [];
    const woken: number[] = [];
    const humans = { away: false };
    const store = createLostStore(database);
    const companies = { of: async () => Company.parse({ reaching: options.reaching ?? {} }) };
    const outbound = createOutbound({
      calls: twilio.calls,
      messages: twilio.messages,
      people: { isPerson: async () => false },
      counts: createCounts({ database, now }),
      caps: { ...CAPS, ...options.caps },
      numbersOf: async (id) => {
        const live = (await archive.call(id)) ?? (await liveCall(id));
        return (
          live && {
            companyId: live.company_id,
            mobileNo: live.mobile_no,
            dialledNo: live.dialled_no,
          }
        );
      },
      countriesOf: async () => (await companies.of()).reaching.countries,
      emergencyNumbersOf: async () => [],
      database,
      log,
    });
    const incidents = createIncidents({ database, apply: mirror.apply, now, log });
    const lostCallers = createLostCallers({
      store,
      database,
      companies,
      outbound: async () => outbound,
      askHuman: async ({ callId: id, reason }) => {
        if (humans.away) throw new AuroraError(503, 'database_away', 'Away.');
        asked.push({ callId: id, reason });
      },
      hangUp: async (callSid) => void hungUp.push(callSid),
      siteOf: async () => ({ emergencyNumber: '112', languages: ['en-IN'] }),
      meaning,
      join: incidents.join,
      apply: mirror.apply,
      wake: async (_, at) => void woken.push(at),
      publicBaseUrl: PUBLIC_BASE_URL,
      now,
      log,
    });
    let made = 0;

    async function liveCall(id: string) {
      const { value } = await database.read(live.call(id));
      return value as { company_id: string; mobile_no: string; dialled_no?: string } | undefined;
    }

    /** A call that is under way, in which these words were said. */
    async function call(
      words: readonly string[] = ['there is a fire in hall 3'],
      {
        urgency = 'CRITICAL' as Urgency,
        from = CALLER,
        link = {} as Partial<Link>,
        started = {} as Partial<CallStarted>,
      } = {},
    ) {
      const sid = `CA${(++made).toString(16).padStart(32, 'a')}`;
      const id = callId({ mobileNo: from, sid, now: clock.ms, timeZone: ZONE });
      const at = isoInZone(clock.ms, ZONE);
      const begun = callStarted({
        call_id: id,
        at,
        mobile_no: from,
        medium: 'Voice',
        company_id: 'steel',
        site_id: 'mill',
        dialled_no: DIALLED,
        call_sid: sid,
        ...started,
      });
      const n = words.length + 1;
      const offered: Link = {
        call: id,
        company: 'steel',
        site: 'mill',
        startedAt: at,
        emergencyNumber: '101',
        turn: { n, random: 'abcdef0123' },
        urgency,
        confirmed: false,
        badlyHeard: 0,
        slow: false,
        silences: 0,
        epoch: 0,
        language: 'en-IN',
        languages: ['en-IN', 'hi-IN'],
        ...link,
      };
      const said = (turn: number, role: 'user' | 'assistant', content: string): CallEvent => ({
        type: 'message_added',
        call_id: id,
        message: {
          id: messageId({ n: turn, random: 'abcdef0123' }, role),
          role,
          content,
          timestamp: at,
          sources: '',
        },
      });
      await mirror.apply([
        begun,
        ...words.flatMap((text, turn) => [
          said(turn + 1, 'user', text),
          said(turn + 1, 'assistant', 'Leave the building. Call 101.'),
        ]),
        ...(urgency === 'NORMAL'
          ? []
          : [
              {
                type: 'urgency_changed' as const,
                call_id: id,
                urgency,
                by: { kind: 'aurora' as const, turn: 1, at },
              },
            ]),
        {
          type: 'line_moved',
          call_id: id,
          at,
          line: { epoch: 0, turn: n, link: writeLink(offered) },
        },
      ]);
      const greeting = said(0, 'assistant', 'This is Aurora.');
      return { id, sid, started: begun, beginning: [begun, greeting] };
    }

    /** The line breaks off, and what follows an end is done. */
    async function breaksOff({ id, sid }: { id: string; sid: string }) {
      await mirror.apply([
        {
          type: 'call_ended',
          call_sid: sid,
          at: isoInZone(clock.ms, ZONE),
          end_reason: 'completed',
        },
      ]);
      await lostCallers.notice(id);
      await settle.settle(id);
      await lostCallers.runDue(id);
    }

    const steps = async (id: string) => {
      const archived = (await archive.call(id))?.timeline;
      const stored = archived ?? ((await liveCall(id)) as { timeline?: object } | null)?.timeline;
      return Object.values((stored ?? {}) as Record<string, { step: string }>).map((entry) => {
        const { at: _, ...rest } = entry as { at: string; step: string };
        return rest;
      });
    };

    return {
      database,
      archive,
      settle,
      mirror,
      store,
      lostCallers,
      incidents,
      twilio,
      clock,
      lines,
      asked,
      hungUp,
      woken,
      humans,
      log,
      now,
      call,
      breaksOff,
      steps,
    };
  };
}
