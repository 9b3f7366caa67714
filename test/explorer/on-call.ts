import { PageQuery } from '../../functions/src/paging/addresses.ts';
import type { Outbound } from '../../functions/src/paging/ports.ts';
import type { Faults } from './faults.ts';
import type { Platform } from './platform.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Supervisors } from './supervisors.ts';

/** Milliseconds that a person or a machine takes to a telephone that rings. */
const RINGING = 9_000;

export interface OnCallOptions {
  random: Random;
  scheduler: Scheduler;
  faults: Faults;
  platform: Pick<Platform, 'request'>;
  supervisors: Pick<Supervisors, 'takeOver'>;
}

/**
 * The telephones of people who are fetched, as Twilio reaches them. A person accepts, passes on or
 * says that it is over; else a machine answers, or nobody does.
 */
export function createOnCall(options: OnCallOptions) {
  const { random, scheduler, faults, platform, supervisors } = options;
  let rung = 0;
  let isHome = true;

  async function answer(query: PageQuery, key: '1' | '5' | '6'): Promise<void> {
    const { page: callId, who: adminId, channel } = query;
    const given = await platform.request(`${adminId} presses ${key}`, ({ reaching }) =>
      reaching().answers.answer({ callId, adminId, key, channel }),
    );
    if (given instanceof Error || given.outcome !== 'accepted') return;
    if (random.chance(0.5)) await supervisors.takeOver(adminId, callId);
  }

  async function missed(query: PageQuery, reason: string): Promise<void> {
    const { page: callId, who: adminId, channel, stage } = query;
    const state = reason === 'failed' ? 'failed' : 'unanswered';
    await platform.request(`${adminId}: ${reason}`, ({ reaching }) =>
      reaching().answers.unanswered({ callId, adminId, channel, stage }, state, reason),
    );
  }

  function ring(address: string): void {
    const query = PageQuery.parse(Object.fromEntries(new URL(address).searchParams));
    scheduler.after(random.below(faults.span) + random.below(RINGING), undefined, () => {
      if (!isHome) return;
      const draw = random.below(10);
      if (draw < 3) void answer(query, '1');
      else if (draw === 3) void answer(query, '5');
      else if (draw === 4) void answer(query, random.chance(0.3) ? '6' : '5');
      else if (draw < 7) void missed(query, 'voicemail');
      else if (draw === 7) void missed(query, 'failed');
    });
  }

  /** What happens at Twilio when Aurora asks for it. */
  function sent(kind: 'CA' | 'SM'): { sid: string } {
    rung += 1;
    return { sid: `${kind}${String(rung).padStart(32, '0')}` };
  }

  return {
    call: ({ url }: Parameters<Outbound['call']>[0]) => {
      ring(url);
      return sent('CA');
    },
    text: ({ statusCallback }: Parameters<Outbound['text']>[0]) => {
      // An answer by SMS is one by telephone, later.
      if (statusCallback !== undefined && random.chance(0.2)) ring(statusCallback);
      return sent('SM');
    },
    /** From here on nobody answers. */
    goAway(): void {
      isHome = false;
    },
  };
}
