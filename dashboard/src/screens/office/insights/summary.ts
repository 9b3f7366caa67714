import type { InsightsView } from '../../../api/types.ts';
import type { Chosen } from './range.ts';
import type { Words } from './words.ts';

/** What the numbers say, in a few sentences. */
export function summaryOf(view: InsightsView, chosen: Chosen, words: Words): string[] {
  const { summary } = words.texts;
  const { calls, urgency, acknowledgement, unanswered } = view;
  const sentences = [
    summary.calls(
      periodOf(chosen, words),
      words.count(calls),
      calls === 1,
      words.count(urgency.CRITICAL),
    ),
  ];
  if (acknowledgement.p50 !== null) {
    sentences.push(summary.acknowledged(words.length(acknowledgement.p50)));
  }
  if (acknowledgement.never) {
    sentences.push(summary.never(words.count(acknowledgement.never), acknowledgement.never === 1));
  }
  if (unanswered.questions > 0) {
    sentences.push(
      summary.unanswered(words.count(unanswered.questions), unanswered.questions === 1),
    );
  }
  return sentences;
}

/** How the days differ from as many days before them. */
export function comparisonOf(view: InsightsView, before: InsightsView, words: Words): string[] {
  const { compared } = words.texts;
  const more = view.calls - before.calls;
  const difference = words.count(Math.abs(more));
  const sentences = [
    more === 0 ? compared.same : more > 0 ? compared.more(difference) : compared.fewer(difference),
  ];
  const [now, then] = [view.acknowledgement.p50, before.acknowledgement.p50];
  // Less than a second is chance.
  if (now !== null && then !== null && Math.abs(now - then) >= 1) {
    const time = words.length(Math.round(Math.abs(now - then)));
    sentences.push(now < then ? compared.quicker(time) : compared.slower(time));
  }
  return sentences;
}

function periodOf({ from, to, length }: Chosen, { texts, longDay }: Words): string {
  const { period } = texts.summary;
  if (length === 1) return period.today;
  if (length !== undefined) return period.last(length);
  return from === to ? period.on(longDay(from)) : period.between(longDay(from), longDay(to));
}
