import type { Operations } from '../../../api/types.ts';
import type { Language } from '../../../texts/texts.ts';

export type Unit = Operations['areas'][number]['signals'][number]['unit'];

/** A number with its unit, as short as it can be. */
export function inUnit(value: number, unit: Unit, language: Language): string {
  const number = (of: number, options: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 1, ...options }).format(of);
  const measured = (of: number, name: string) =>
    number(of, { style: 'unit', unit: name, unitDisplay: 'short' });
  switch (unit) {
    case 'count':
      return number(value);
    case 'percent':
      return number(value / 100, { style: 'percent' });
    case 'milliseconds':
      return value < 1_000 ? measured(value, 'millisecond') : measured(value / 1_000, 'second');
    case 'seconds':
      return value < 120 ? measured(value, 'second') : measured(value / 60, 'minute');
  }
}

/** Where the points of a line lie in a box so wide and so high; a gap where there is no value. */
export function pathOf(
  points: readonly (number | null)[],
  { width, height, most }: { width: number; height: number; most: number },
): string {
  const x = (at: number) => (points.length < 2 ? 0 : (at * width) / (points.length - 1));
  const y = (value: number) => height - (Math.min(value, most) / most) * height;
  return points
    .map((value, at) => {
      if (value === null) return '';
      const isFirst = (points[at - 1] ?? null) === null;
      const isAlone = isFirst && (points[at + 1] ?? null) === null;
      const place = `${round(x(at))} ${round(y(value))}`;
      // A point that stands by itself is a dot.
      return `${isFirst ? 'M' : 'L'}${place}${isAlone ? 'h0.01' : ''}`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
