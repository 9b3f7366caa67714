import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callId, incidentId } from '../calls/ids.ts';
import { isoInZone } from '../calls/times.ts';
import { incidentsOf, type OpenCalls, prune, TOGETHER } from './chains.ts';

const START = Date.parse('2025-10-04T14:30:00+05:30');
const ZONE = 'Asia/Kolkata';

/** Calls that began so many seconds after the first one. */
const calls = fc
  .uniqueArray(fc.integer({ min: 0, max: 3_600 }), { minLength: 1, maxLength: 8 })
  .map((seconds) =>
    seconds.map((after, at) => {
      const now = START + after * 1_000;
      const sid = `CA${at.toString(16).padStart(32, '0')}`;
      const id = callId({ mobileNo: `+1555010000${at}`, sid, now, timeZone: ZONE });
      return { id, now, at: isoInZone(now, ZONE) };
    }),
  );

function allOf(listed: readonly { id: string; at: string }[]): OpenCalls {
  return Object.fromEntries(listed.map(({ id, at }) => [id, { at }]));
}

describe('the incidents of a site', () => {
  it('hold two calls together exactly where a chain of ten minutes joins them', () => {
    fc.assert(
      fc.property(calls, (listed) => {
        const incidents = incidentsOf(allOf(listed));
        const sorted = [...listed].sort((a, b) => a.now - b.now);
        for (const [at, call] of sorted.entries()) {
          const before = sorted[at - 1];
          if (!before) continue;
          const same = incidents.get(call.id)?.incident === incidents.get(before.id)?.incident;
          expect(same).toBe(call.now - before.now <= TOGETHER);
        }
      }),
    );
  });

  it('end in the same ids in whatever order calls come and are told, the least of each chain', () => {
    fc.assert(
      fc.property(
        calls.chain((listed) =>
          fc.tuple(
            fc.constant(listed),
            fc.shuffledSubarray(listed, { minLength: listed.length }),
            fc.array(fc.boolean(), { minLength: listed.length, maxLength: listed.length }),
          ),
        ),
        ([listed, order, tells]) => {
          let open: OpenCalls = {};
          const tell = () => {
            for (const [id, { incident }] of incidentsOf(open)) {
              open = { ...open, [id]: { at: open[id]?.at ?? '', told: incident } };
            }
          };
          for (const [at, { id, at: began }] of order.entries()) {
            open = { ...open, [id]: { at: began } };
            if (tells[at]) tell();
          }
          tell();
          for (const { incident, calls: chain } of incidentsOf(allOf(listed)).values()) {
            expect(incident).toBe(chain.map(incidentId).sort()[0]);
            expect(new Set(chain.map((id) => open[id]?.told))).toEqual(new Set([incident]));
          }
        },
      ),
    );
  });

  it('hold a call and the lost one that it follows together, with all that either is of', () => {
    fc.assert(
      fc.property(calls, fc.nat(), fc.nat(), (listed, one, other) => {
        const [call, lost] = [listed[one % listed.length], listed[other % listed.length]];
        if (!call || !lost) return;
        const apart = incidentsOf(allOf(listed));
        const together = incidentsOf({
          ...allOf(listed),
          [call.id]: { at: call.at, follows: lost.id },
        });
        const [least] = [call.id, lost.id].map((id) => apart.get(id)?.incident ?? '').sort();
        for (const { id } of listed) {
          const before = apart.get(id)?.incident;
          const isOfEither = [call.id, lost.id].some((of) => apart.get(of)?.incident === before);
          expect(together.get(id)?.incident).toBe(isOfEither ? least : before);
        }
      }),
    );
  });

  it('need no lost call that is forgotten', () => {
    const id = 'call_15550100001_20251004_143000_000001';
    const gone = 'call_15550100009_20251004_120000_000009';
    const incidents = incidentsOf({ [id]: { at: isoInZone(START, ZONE), follows: gone } });
    expect(incidents.get(id)?.incident).toBe(incidentId(id));
  });

  it('keep the id that was told although the call that gave it is forgotten', () => {
    const [first, second, third] = [0, 300, 600].map((seconds, at) => {
      const now = START + seconds * 1_000;
      const sid = `CA${at.toString(16).padStart(32, '0')}`;
      const id = callId({ mobileNo: '+15550100001', sid, now, timeZone: ZONE });
      return { id, at: isoInZone(now, ZONE) };
    }) as [{ id: string; at: string }, { id: string; at: string }, { id: string; at: string }];
    const told = incidentId(first.id);
    const open = { [second.id]: { at: second.at, told }, [third.id]: { at: third.at } };
    expect(incidentsOf(open).get(third.id)?.incident).toBe(told);
  });

  it('forget calls of yesterday', () => {
    const open = { call_15550100001_20251004_143000_000001: { at: '2025-10-04T14:30:00+05:30' } };
    expect(prune(open, START + 60_000)).toEqual(open);
    expect(prune(open, START + 24 * 3_600_000)).toEqual({});
  });
});
