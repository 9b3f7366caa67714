import type { InsightsView } from '../../../api/types.ts';
import { UprightBars } from './charts-lazy.ts';
import { DataTable } from './data-table.tsx';
import { Chart, Figure } from './figure.tsx';
import { Legend } from './shades.tsx';
import type { Words } from './words.ts';

const URGENCIES = [
  { key: 'CRITICAL', shade: 'critical' },
  { key: 'URGENT', shade: 'urgent' },
  { key: 'NORMAL', shade: 'normal' },
] as const;

/** How many calls there were on each day, and how urgent they were. */
export function DaysFigure({ view, words }: { view: InsightsView; words: Words }) {
  const { texts, page, count } = words;
  const series = URGENCIES.map(({ key, shade }) => ({ key, shade, name: page.urgency[key] }));
  const most = view.days.reduce((a, b) => (b.calls > a.calls ? b : a));
  return (
    <Figure title={texts.days.title} table="days" isWide>
      <Legend entries={series} />
      <Chart
        description={texts.days.description(
          count(view.calls),
          count(most.calls),
          words.longDay(most.day),
        )}
        table={
          <DataTable
            label={texts.figure.tableOf(texts.days.title)}
            columns={[
              { name: texts.days.day },
              { name: texts.figure.calls, isNumber: true },
              ...series.map(({ name }) => ({ name, isNumber: true })),
            ]}
            rows={view.days.map((day) => ({
              key: day.day,
              cells: [
                <time key="day" dateTime={day.day}>
                  {words.longDay(day.day)}
                </time>,
                count(day.calls),
                ...URGENCIES.map(({ key }) => count(day[key])),
              ],
            }))}
          />
        }
      >
        <UprightBars
          series={series}
          bars={view.days.map((day) => ({
            name: words.day(day.day),
            values: { CRITICAL: day.CRITICAL, URGENT: day.URGENT, NORMAL: day.NORMAL },
          }))}
        />
      </Chart>
    </Figure>
  );
}
