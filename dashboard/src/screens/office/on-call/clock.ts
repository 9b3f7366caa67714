/** The time of an ISO 8601 text by its own clock; midnight at the end of a day is 24:00. */
export function clockAt(iso: string, isEnd = false): string {
  const time = iso.slice(11, 16);
  return isEnd && time === '00:00' ? '24:00' : time;
}

/** A date `2026-11-27` in words: Fri 27 Nov. */
export function dateInWords(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
}

/** 1 Monday to 7 Sunday, in words. */
export function weekdayInWords(day: number, language: string): string {
  // 1 January 2024 was a Monday.
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, day)),
  );
}

/** The date so many days later. */
export function dateAfter(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
