/** `0:07`, `12:45`, `1:02:03`. */
export function clockOf(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1_000));
  const [hours, minutes, seconds] = [
    Math.floor(total / 3_600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const tail = `${hours ? String(minutes).padStart(2, '0') : minutes}:${String(seconds).padStart(2, '0')}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** A time's age in its one unit that matters: `7 s`, `12 min`, `3 h`, `2 d`. */
export function ageOf(milliseconds: number, language: string): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [value, unit] =
    seconds < 60
      ? [seconds, 'second']
      : seconds < 3_600
        ? [Math.floor(seconds / 60), 'minute']
        : seconds < 86_400
          ? [Math.floor(seconds / 3_600), 'hour']
          : [Math.floor(seconds / 86_400), 'day'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: unit as string,
    unitDisplay: 'short',
  }).format(value as number);
}

/** How long something took, in the words of a language: `2.4 sec`, `41 sec`, `3 min 20 sec`, `1 hr 5 min`. */
export function lengthOf(seconds: number, language: string): string {
  const part = (value: number, unit: string, digits = 0) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  if (seconds < 9.95) return part(seconds, 'second', 1);
  const whole = Math.round(seconds);
  if (whole < 60) return part(whole, 'second');
  const minutes = whole < 3_600 ? Math.floor(whole / 60) : Math.round(whole / 60);
  const [large, small] =
    whole < 3_600
      ? [part(minutes, 'minute'), whole % 60 > 0 && part(whole % 60, 'second')]
      : [part(Math.floor(minutes / 60), 'hour'), minutes % 60 > 0 && part(minutes % 60, 'minute')];
  return small ? `${large} ${small}` : large;
}
