import type { Call } from '../calls/model.ts';
import type { Log } from '../log.ts';
import type { Chain } from './chain.ts';
import type { Emergency } from './emergency.ts';
import type { PeopleOnCall, Person } from './people.ts';
import type { SendPages } from './send.ts';
import type { Stage } from './stages.ts';
import type { Timeline } from './timeline.ts';
import type { FindTold } from './told.ts';

export interface RunStageOptions {
  people: PeopleOnCall;
  sendPages: SendPages;
  emergency: Emergency;
  timeline: Timeline;
  told: FindTold;
  log: Log;
}

/** Does one stage of a chain: pages its people, or has the emergency number spoken or dialled. */
export function createRunStage(options: RunStageOptions) {
  const { people, timeline, log } = options;

  return async function runStage(
    chain: Chain,
    index: number,
    stage: Stage,
    call: Call | undefined,
  ) {
    if (stage.kind === 'emergency') {
      const all = [chain.call_id, ...Object.keys(chain.merged ?? {})];
      await Promise.all(all.map((callId) => options.emergency.reach(chain, callId)));
      return;
    }
    const asked = await whom(chain, index, stage);
    if (asked.length > 0) {
      return options.sendPages(chain, index, asked, await options.told(chain, call));
    }
    log.warn('A step of a chain of pages has nobody who can be reached.', { count: index + 1 });
    await timeline.note(chain, [
      { step: 'page_failed', reason: 'nobody_on_call', stage: index, key: [index] },
    ]);
  };

  /** Who has passed on is asked again only when everybody has been. */
  async function whom(
    { company_id, passed }: Chain,
    index: number,
    stage: Extract<Stage, { kind: 'people' }>,
  ): Promise<Person[]> {
    const asked = await people.of(company_id, stage.who);
    if (stage.quiet) return asked;
    return asked.filter(({ id }) => (passed?.[id] ?? index) >= index);
  }
}

export type RunStage = ReturnType<typeof createRunStage>;
