import { addressOn } from '../calls/channel.ts';
import { placeAfterUnknown, shortHash } from '../calls/ids.ts';
import type { Call } from '../calls/model.ts';
import { isTelephone } from '../calls/phone.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Link, writeLink } from '../webhooks/link.ts';
import type { PageAddresses } from './addresses.ts';
import type { Chain } from './chain.ts';
import { dialling, speaking, wordsFor } from './emergency-documents.ts';
import type { Calls, Lines, Numbers, Outbound } from './ports.ts';
import { holderOf } from './settled.ts';
import type { Timeline } from './timeline.ts';

export interface Emergency {
  /**
   * The step that needs no supervisor: the site's emergency number is dialled into the call, where
   * the company allows it, else spoken; to who writes, it is written. Never rejects.
   */
  reach(chain: Chain, callId: string): Promise<void>;
}

export interface EmergencyOptions {
  calls: Calls;
  lines: () => Lines | Promise<Lines>;
  outbound: Outbound;
  numbers: Numbers;
  timeline: Timeline;
  addresses: PageAddresses;
  publicBaseUrl: string;
  /** The number of the call's site, where its link does not name it. */
  emergencyNumberOf: (call: Call) => Promise<string>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

export function createEmergency(options: EmergencyOptions): Emergency {
  const { calls, timeline, now, log } = options;

  async function reach(chain: Chain, callId: string): Promise<void> {
    const call = await calls.live(callId);
    // Whoever has the call decides; and with whom nobody is on the line, nobody can be connected.
    if (!call || call.status === 'ENDED' || holderOf(call, now()) !== undefined) return;
    const known = calls.linkOf(call);
    const link = known && sentOn(known, call, chain);
    const number = link?.emergencyNumber ?? (await options.emergencyNumberOf(call));
    if (call.medium === 'Text') return write(chain, callId, call, number);
    if (call.call_sid === undefined) return;
    const dials = chain.policy.dial_emergency && link !== undefined;
    const document = dials
      ? dialling(options.addresses, link, call.dialled_no, chain.round)
      : speaking(options.publicBaseUrl, link, number);
    const isDone = await (await options.lines()).redirect(call.call_sid, document);
    if (!isDone) return;
    if (link) await noteLine(callId, call, link);
    const step = dials ? 'emergency_dialled' : 'emergency_spoken';
    await timeline.note(chain, [{ step, key: [callId], stage: chain.next, callId }]);
  }

  /** Whoever takes the call over from here on learns that the caller is not held. */
  async function noteLine(callId: string, call: Call, link: Link): Promise<void> {
    const line = { epoch: link.epoch, turn: link.turn.n, link: writeLink(link) };
    const at = isoInZone(now(), zoneOf(call.timestamp));
    try {
      await calls.record([{ type: 'line_moved', call_id: callId, at, line }]);
    } catch (thrown) {
      log.warn('Where a line is could not be noted.', { error: asError(thrown) });
    }
  }

  async function write(chain: Chain, callId: string, call: Call, number: string): Promise<void> {
    const { company_id: companyId, mobile_no: to, dialled_no } = call;
    const on = call.channel === 'whatsapp' ? 'whatsapp' : 'sms';
    const from = dialled_no ?? (await options.numbers.ofCompany(companyId));
    if (from === undefined || !isTelephone(to)) return;
    const body = wordsFor({ language: 'en', languages: [] }, number).text;
    const sent = await options.outbound.text({
      companyId,
      callId,
      to: addressOn(on, to),
      from: addressOn(on, from),
      purpose: 'caller',
      body,
    });
    const told = { key: [callId], stage: chain.next, callId, channel: on } as const;
    await timeline.note(chain, [
      'sid' in sent
        ? { step: 'emergency_spoken', ...told }
        : { step: 'emergency_failed', reason: sent.refused, ...told },
    ]);
  }

  return {
    async reach(chain, callId) {
      try {
        await reach(chain, callId);
      } catch (error) {
        log.alert('The emergency number could not be brought to a caller.', {
          error: asError(error),
        });
        await timeline.note(chain, [
          {
            step: 'emergency_failed',
            reason: 'twilio_away',
            key: [callId],
            stage: chain.next,
            callId,
          },
        ]);
      }
    },
  };
}

/** The next turn under a token of its own: words under the one that was offered are not lost. */
function sentOn(link: Link, { call_sid, owner }: Call, { round, next }: Chain): Link {
  const random = shortHash(`${call_sid}|emergency|${round}|${next}|${link.turn.random}`, 10);
  return {
    ...link,
    turn: { n: placeAfterUnknown(link.turn.n), random },
    epoch: Math.max(link.epoch, owner?.epoch ?? 0),
    heldUntil: undefined,
    told: undefined,
    resumes: undefined,
    sent: true,
  };
}
