import type { Asked, Health } from './health.ts';

/** How something is meant; colour and shape follow it, and the words never rely on them. */
export type Tone = 'waiting' | 'good' | 'attention' | 'bad';

export interface Saying {
  tone: Tone;
  headline: string;
  explanation: string;
}

/** The status in words. */
export function statusOf(asked: Asked): Saying {
  if (asked.kind === 'silent') {
    return {
      tone: 'bad',
      headline: 'No answer from the API',
      explanation:
        'This page is served, but the functions behind it did not answer. Check your connection and that the functions are running.',
    };
  }
  if (asked.kind === 'unexpected') {
    return {
      tone: 'bad',
      headline: 'The API gave an unexpected answer',
      explanation: `It answered with status ${asked.status} and no health report. The log of the function “api” says why.`,
    };
  }
  const { databases } = asked.health;
  const away = [
    ...(databases.realtime_database === 'away' ? ['the Realtime Database'] : []),
    ...(databases.firestore === 'away' ? ['Firestore'] : []),
  ];
  if (away.length > 0) {
    return {
      tone: 'bad',
      headline: away.length === 2 ? 'Both databases are away' : `${capital(away.join())} is away`,
      explanation:
        'Callers are answered all the same: what is said waits in the task queue until it can be stored. Supervisors may see nothing, or old data.',
    };
  }
  return {
    tone: 'good',
    headline: 'The API and both databases answer',
    explanation:
      'Callers are served by a function of their own. To be sure of that one, place a call.',
  };
}

/** How much of the manual a safety officer has reviewed. */
export function manualOf({ procedures, reviewed }: Health['manuals']): Saying {
  const count = `Procedures reviewed: ${reviewed} of ${procedures}`;
  if (procedures === 0) {
    return {
      tone: 'bad',
      headline: 'No procedures found',
      explanation: 'Aurora has nothing to read from. Check functions/manuals of this deployment.',
    };
  }
  if (reviewed >= procedures) {
    return {
      tone: 'good',
      headline: count,
      explanation: 'Each procedure names who reviewed it, and when.',
    };
  }
  return {
    tone: 'attention',
    headline:
      reviewed === 0
        ? `${count}: not yet reviewed by a safety officer`
        : `${count}: the others are not yet reviewed by a safety officer`,
    explanation:
      'Have a safety officer or a doctor review the procedures before anybody depends on this line. A review is written into the procedure itself.',
  };
}

export function databaseOf(answering: 'ok' | 'away' | undefined): { tone: Tone; text: string } {
  if (answering === 'ok') return { tone: 'good', text: 'Answers' };
  if (answering === 'away') return { tone: 'bad', text: 'No answer' };
  return { tone: 'waiting', text: 'Not known' };
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
