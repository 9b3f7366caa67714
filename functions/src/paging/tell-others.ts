import type { Log } from '../log.ts';
import { pagedOf } from './attempts.ts';
import type { Chain } from './chain.ts';
import type { PeopleOnCall } from './people.ts';
import type { Calls, Numbers, Outbound } from './ports.ts';
import { AFTERWARDS, summary, type Told } from './words.ts';

export interface TellOthers {
  /** Somebody will see to it: the others need not. */
  accepted(chain: Chain, by: string): Promise<void>;
  /** It is over, for whoever was asked and has not passed on. */
  closed(chain: Chain): Promise<void>;
  /** Who has accepted learns of another call of the incident. */
  critical(chain: Chain, callId: string, told: Told): Promise<void>;
}

/** Messages to people who were paged, of what became of it. None of them rejects. */
export function createTellOthers(options: {
  people: PeopleOnCall;
  outbound: Outbound;
  numbers: Numbers;
  calls: Pick<Calls, 'live'>;
  log: Log;
}): TellOthers {
  const { people, outbound, numbers, calls, log } = options;

  async function tell(chain: Chain, ids: readonly string[], body: string): Promise<void> {
    if (ids.length === 0) return;
    const { company_id: companyId, call_id: callId } = chain;
    try {
      const call = await calls.live(callId);
      const from = call?.dialled_no ?? (await numbers.ofCompany(companyId));
      if (from === undefined) return;
      const asked = await people.of(companyId, ids);
      await Promise.all(
        asked.map(({ phone: to }) =>
          outbound.text({ companyId, callId, to, from, purpose: 'page', body }),
        ),
      );
    } catch {
      log.error('People who were paged could not be told what became of it.', {
        count: ids.length,
      });
    }
  }

  async function nameOf({ company_id }: Chain, adminId: string | undefined): Promise<string> {
    const person =
      adminId === undefined
        ? undefined
        : await people.find(company_id, adminId).catch(() => undefined);
    return person?.name || 'A supervisor';
  }

  /** Those who may still think of going there. */
  function waiting(chain: Chain, except: string | undefined): string[] {
    return pagedOf(chain).filter((id) => id !== except && chain.passed?.[id] === undefined);
  }

  return {
    async accepted(chain, by) {
      await tell(chain, waiting(chain, by), AFTERWARDS.accepted(await nameOf(chain, by)));
    },
    async closed(chain) {
      const { reason, by } = chain.closed ?? {};
      if (reason === undefined || reason === 'nobody' || reason === 'merged') return;
      const words = AFTERWARDS[reason];
      const body = typeof words === 'string' ? words : words(await nameOf(chain, by));
      await tell(chain, waiting(chain, by), body);
    },
    async critical(chain, callId, told) {
      if (!chain.accepted) return;
      const number = Object.keys(chain.merged ?? {}).indexOf(callId) + 2;
      const body = `${AFTERWARDS.critical} Call ${number}: ${summary(told)}`;
      await tell(chain, [chain.accepted.by], body);
    },
  };
}
