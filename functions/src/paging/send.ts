import type { Call } from '../calls/model.ts';
import type { Log } from '../log.ts';
import { measure } from '../metrics/metrics.ts';
import type { PageAddresses } from './addresses.ts';
import { attemptKey, noteAttempts } from './attempts.ts';
import type { Attempt, Chain, Channel } from './chain.ts';
import type { PagedPeople } from './paged-people.ts';
import type { Person } from './people.ts';
import type { Numbers, Outbound, Sent } from './ports.ts';
import type { ChainStore } from './store.ts';
import type { Timeline } from './timeline.ts';
import { pageText, type Told } from './words.ts';

/** Seconds of ringing: a voicemail often answers after 25. */
const RING_SECONDS = 24;

export interface SendOptions {
  store: ChainStore;
  paged: PagedPeople;
  outbound: Outbound;
  numbers: Numbers;
  addresses: PageAddresses;
  timeline: Timeline;
  /** Waits until the provider takes another call. */
  pace: () => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}

/**
 * Sends one stage's pages: a message to everybody at once, then calls within the provider's rate.
 * What was sent is noted after the messages and after the calls, so that whoever takes the stage
 * over from somebody who died sends only what is missing.
 */
export function createSendPages(options: SendOptions) {
  const { store, paged, outbound, numbers, addresses, timeline, now, log } = options;

  return async function sendPages(
    chain: Chain,
    stage: number,
    people: readonly Person[],
    told: Told,
  ): Promise<void> {
    const from = await fromOf(chain, told.call);
    const missing = (channel: Channel) =>
      people.filter(({ id }) => !chain.attempts?.[keyOf(stage, id, channel)]);
    await noted(
      chain,
      await Promise.all(
        missing('sms').map(async (person) =>
          attempt(person, 'sms', stage, await text(chain, stage, person, from, told)),
        ),
      ),
    );
    // All are under way before the first is answered; only their beginnings are apart.
    const calls: Promise<Attempt>[] = [];
    for (const person of missing('voice')) {
      await options.pace();
      calls.push(
        call(chain, stage, person, from).then((sent) => attempt(person, 'voice', stage, sent)),
      );
    }
    await noted(chain, await Promise.all(calls));
  };

  async function text(
    { call_id: callId, company_id: companyId }: Chain,
    stage: number,
    { id, phone }: Person,
    from: string | undefined,
    told: Told,
  ): Promise<Sent> {
    if (from === undefined) return NOTHING_TO_SEND_FROM;
    // Without a note of it the answer by SMS is not understood; by voice it is.
    const number = await paged.ask({ companyId, phone, adminId: id }, callId).catch(() => 1);
    return outbound.text({
      companyId,
      callId,
      to: phone,
      from,
      purpose: 'page',
      body: pageText(told, { number, url: addresses.dashboard }),
      statusCallback: addresses.page('/page-status', {
        page: callId,
        who: id,
        stage,
        channel: 'sms',
      }),
    });
  }

  async function call(
    { call_id: callId, company_id: companyId }: Chain,
    stage: number,
    { id, phone }: Person,
    from: string | undefined,
  ): Promise<Sent> {
    if (from === undefined) return NOTHING_TO_SEND_FROM;
    const of = { page: callId, who: id, stage, channel: 'voice' } as const;
    return outbound.call({
      companyId,
      callId,
      to: phone,
      from,
      purpose: 'page',
      url: addresses.page('/page-call', of),
      statusCallback: addresses.page('/page-status', of),
      timeout: RING_SECONDS,
      detectMachine: true,
    });
  }

  async function fromOf({ company_id }: Chain, call: Call | undefined) {
    return call?.dialled_no ?? (await numbers.ofCompany(company_id));
  }

  function attempt({ id }: Person, channel: Channel, stage: number, sent: Sent): Attempt {
    const made = { admin_id: id, channel, stage, at: now() };
    if ('sid' in sent) {
      measure(log, 'page_sent', { outcome: channel });
      return { ...made, state: 'sent', sid: sent.sid };
    }
    const reason = [sent.refused, sent.reason].filter(Boolean).join(': ').slice(0, 100);
    measure(log, 'page_failed', { outcome: channel, reason });
    return { ...made, state: 'failed', reason };
  }

  async function noted(chain: Chain, attempts: readonly Attempt[]): Promise<void> {
    if (attempts.length === 0) return;
    await Promise.all([
      store.change(chain.call_id, (known) => ({
        chain: known?.round === chain.round ? noteAttempts(known, attempts) : known,
        result: undefined,
      })),
      timeline.note(
        chain,
        attempts.map(({ admin_id, channel, stage, state, reason }) => ({
          step: state === 'failed' ? 'page_failed' : 'page_sent',
          whom: admin_id,
          channel,
          stage,
          key: [stage, admin_id, channel],
          ...(reason === undefined ? {} : { reason }),
        })),
      ),
    ]);
  }
}

const NOTHING_TO_SEND_FROM: Sent = { refused: 'no_number', reason: 'the company has none' };

function keyOf(stage: number, admin_id: string, channel: Channel): string {
  return attemptKey({ stage, admin_id, channel });
}

export type SendPages = ReturnType<typeof createSendPages>;
