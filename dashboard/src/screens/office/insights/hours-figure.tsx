import { VisuallyHidden } from '@mantine/core';
import type { InsightsView } from '../../../api/types.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { Figure } from './figure.tsx';
import classes from './hours-figure.module.css';
import type { Words } from './words.ts';

/** Steps of shade; the number itself stands in each cell. */
const STEPS = 4;

/** When people call: each hour of the week, as a table that is shaded. */
export function HoursFigure({ view, words }: { view: InsightsView; words: Words }) {
  const { texts, count, weekday } = words;
  const { hours } = texts;
  const cells = view.hours.flatMap((row, day) => row.map((calls, hour) => ({ day, hour, calls })));
  const busiest = cells.reduce((a, b) => (b.calls > a.calls ? b : a));
  return (
    <Figure
      title={hours.title}
      table="hours"
      words={hours.busiest(weekday(busiest.day), count(busiest.hour), count(busiest.calls))}
      isWide
    >
      <ScrollBox className={classes.scroll} label={hours.table}>
        <table className={classes.hours}>
          <thead>
            <tr>
              <th scope="col">{hours.weekday}</th>
              {view.hours[0]?.map((_, hour) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its index
                <th key={hour} scope="col">
                  <span aria-hidden>{String(hour).padStart(2, '0')}</span>
                  <VisuallyHidden>{hours.hour(count(hour), count(hour + 1))}</VisuallyHidden>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.hours.map((row, day) => (
              <tr key={weekday(day)}>
                <th scope="row">{weekday(day)}</th>
                {row.map((calls, hour) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its index
                  <td key={hour} data-step={Math.ceil((calls / busiest.calls) * STEPS) || 0}>
                    {count(calls)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Figure>
  );
}
