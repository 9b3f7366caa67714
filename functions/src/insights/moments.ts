import type { ArchivedCall } from '../archive/schema.ts';
import type { Message } from '../calls/model.ts';
import type { TimelineEntry } from '../calls/timeline.ts';
import { instant } from '../calls/times.ts';

/** All in epoch milliseconds; undefined where it did not happen. */
type Moment = number | undefined;

/** How long the caller waited for Aurora's reply to their first words; undefined where she gave none. */
export function firstAnswerTook(messages: readonly Message[]): number | undefined {
  const words = messages.find(({ role }) => role === 'user');
  if (!words) return undefined;
  const turn = words.id.slice(0, -1);
  const reply = messages.find(({ id, role }) => role === 'assistant' && id.slice(0, -1) === turn);
  return reply && Math.max(0, instant(reply.timestamp) - instant(words.timestamp));
}

/**
 * When the call first became URGENT or CRITICAL. Calls that were archived before that was kept know
 * only of the last words that called for each level: the earliest of these.
 */
export function urgentAt({ urgent_since, urgency_by }: ArchivedCall): Moment {
  const { raised, supervisor } = urgency_by;
  return earliestOf([
    urgent_since,
    raised?.URGENT?.at,
    raised?.CRITICAL?.at,
    supervisor && supervisor.urgency !== 'NORMAL' ? supervisor.at : undefined,
  ]);
}

/** When the first person of the company showed that they know of it. */
export function acknowledgedAt(call: ArchivedCall): Moment {
  return earliestOf([
    ...Object.values(call.acknowledged ?? {}),
    ...Object.values(call.dispatches ?? {}).map(({ at }) => at),
    ...stepsOf(call, ({ step }) => step === 'page_accepted'),
    ...takeovers(call),
  ]);
}

/** When the first person of the company could speak with the caller. */
export function takenOverAt(call: ArchivedCall): Moment {
  return earliestOf(takeovers(call));
}

/** Who joins to listen has not spoken. */
function takeovers(call: ArchivedCall): string[] {
  return stepsOf(
    call,
    ({ step, channel }) => step === 'taken_over' || (step === 'joined' && channel !== 'listen'),
  );
}

function stepsOf({ timeline = {} }: ArchivedCall, is: (entry: TimelineEntry) => boolean): string[] {
  return Object.values(timeline)
    .filter(is)
    .map(({ at }) => at);
}

function earliestOf(times: readonly (string | undefined)[]): Moment {
  const known = times.filter((at) => at !== undefined).map(instant);
  return known.length > 0 ? Math.min(...known) : undefined;
}
