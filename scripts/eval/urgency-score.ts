import { URGENCIES, type Urgency } from '../../functions/src/calls/model.ts';
import { type Share, share, value } from './share.ts';

/** How urgent an utterance is, and how urgent it was taken to be. */
export interface Judged {
  expected: Urgency;
  judged: Urgency;
  category?: string | undefined;
}

/** Words that mislead whoever only looks for words. */
const ADVERSARIAL: ReadonlySet<string> = new Set([
  'understatement',
  'negated',
  'past',
  'resolved',
  'drill',
  'question',
  'idiom',
  'homograph',
  'misheard',
  'short',
  'third-person',
  'mixed',
  'rambling',
  'adversarial',
]);

export interface UrgencyScore {
  accuracy: Share;
  /** Of the CRITICAL utterances, those that were taken as CRITICAL. */
  criticalRecall: Share;
  /** Of the CRITICAL utterances, those that were taken as NORMAL. */
  criticalAsNormal: Share;
  /** Of the NORMAL utterances, those that were taken as anything else. */
  falseAlarm: Share;
  /** Of the utterances in adversarial categories, those that were judged right. */
  adversarial: Share;
}

export function scoreUrgency(rows: readonly Judged[]): UrgencyScore {
  const right = ({ expected, judged }: Judged) => expected === judged;
  const critical = rows.filter(({ expected }) => expected === 'CRITICAL');
  const normal = rows.filter(({ expected }) => expected === 'NORMAL');
  const adversarial = rows.filter(({ category }) => ADVERSARIAL.has(category ?? ''));
  return {
    accuracy: share(rows, right),
    criticalRecall: share(critical, right),
    criticalAsNormal: share(critical, ({ judged }) => judged === 'NORMAL'),
    falseAlarm: share(normal, ({ judged }) => judged !== 'NORMAL'),
    adversarial: share(adversarial, right),
  };
}

/** `[expected][judged]`, both in the order of URGENCIES. */
export function confusion(rows: readonly Judged[]): number[][] {
  return URGENCIES.map((expected) =>
    URGENCIES.map(
      (judged) => rows.filter((row) => row.expected === expected && row.judged === judged).length,
    ),
  );
}

export interface Goal {
  name: string;
  of: (score: UrgencyScore) => Share;
  /** The least, or the most, that is good enough. */
  least?: number;
  most?: number;
}

export const GOALS: readonly Goal[] = [
  { name: 'CRITICAL recall', of: (score) => score.criticalRecall, least: 0.95 },
  { name: 'CRITICAL missed as NORMAL', of: (score) => score.criticalAsNormal, most: 0.02 },
  { name: 'NORMAL false alarm', of: (score) => score.falseAlarm, most: 0.08 },
  { name: 'adversarial accuracy', of: (score) => score.adversarial, least: 0.85 },
];

/** Undefined where there was nothing to measure. */
export function isMet({ of, least = 0, most = 1 }: Goal, score: UrgencyScore): boolean | undefined {
  const part = of(score);
  return part.of === 0 ? undefined : value(part) >= least && value(part) <= most;
}
