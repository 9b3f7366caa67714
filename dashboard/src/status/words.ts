import type { StatusTexts } from '../texts/status.ts';
import type { Asked, Health } from './health.ts';

/** How something is meant; colour and shape follow it, and the words never rely on them. */
export type Tone = 'waiting' | 'good' | 'attention' | 'bad';

export interface Saying {
  tone: Tone;
  headline: string;
  explanation: string;
}

/** The status in words. */
export function statusOf(asked: Asked, texts: StatusTexts): Saying {
  if (asked.kind === 'silent') return { tone: 'bad', ...texts.silent };
  if (asked.kind === 'unexpected') {
    const { headline, explanation } = texts.unexpected;
    return { tone: 'bad', headline, explanation: explanation(asked.status) };
  }
  const { realtime_database, firestore } = asked.health.databases;
  const { both, realtimeDatabase, firestore: firestoreAway, explanation } = texts.away;
  if (realtime_database === 'away' || firestore === 'away') {
    const one = realtime_database === 'away' ? realtimeDatabase : firestoreAway;
    return { tone: 'bad', headline: realtime_database === firestore ? both : one, explanation };
  }
  return { tone: 'good', ...texts.good };
}

/** How much of the manual a safety officer has reviewed. */
export function manualOf(
  { procedures, reviewed }: Health['manuals'],
  { manual }: StatusTexts,
): Saying {
  if (procedures === 0) {
    return { tone: 'bad', headline: manual.none, explanation: manual.noneAdvice };
  }
  const count = manual.reviewed(reviewed, procedures);
  if (reviewed >= procedures) return { tone: 'good', headline: count, explanation: manual.all };
  return {
    tone: 'attention',
    headline: reviewed === 0 ? manual.notOne(count) : manual.notAll(count),
    explanation: manual.advice,
  };
}

export function databaseOf(
  answering: 'ok' | 'away' | undefined,
  texts: StatusTexts,
): { tone: Tone; text: string } {
  if (answering === 'ok') return { tone: 'good', text: texts.answers };
  if (answering === 'away') return { tone: 'bad', text: texts.noAnswer };
  return { tone: 'waiting', text: texts.notKnown };
}

/** In the reader's language and zone: the time of day, and the day with the zone's name. */
export function timeOf(
  iso: string,
  locale?: string,
  timeZone?: string,
): { time: string; day: string } {
  const at = new Date(iso);
  const zone = timeZone === undefined ? {} : { timeZone };
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...zone });
  const zoneName = format({ timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return {
    time: format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at),
    day: `${format({ day: 'numeric', month: 'short', year: 'numeric' }).format(at)}, ${zoneName}`,
  };
}
