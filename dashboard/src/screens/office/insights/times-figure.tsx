import type { InsightsView } from '../../../api/types.ts';
import { LyingBars } from './charts-lazy.ts';
import { DataTable } from './data-table.tsx';
import { Figure, Picture } from './figure.tsx';
import { Legend } from './shades.tsx';
import type { Words } from './words.ts';

/** How long things took, and how often that was as soon as the company wants it. */
export function TimesFigure({ view, words }: { view: InsightsView; words: Words }) {
  const { texts, count, length } = words;
  const { times } = texts;
  const measures = [
    { key: 'first_answer', target: view.targets.answer_seconds },
    { key: 'acknowledgement', target: view.targets.acknowledge_seconds },
    { key: 'takeover', target: view.targets.takeover_seconds },
    { key: 'duration', target: null },
  ] as const;
  const series = [
    { key: 'within', name: times.within, shade: 'good' },
    { key: 'late', name: times.late, shade: 'late' },
    { key: 'never', name: times.never, shade: 'never' },
  ] as const;
  const late = ({ count, within_target }: InsightsView['duration']) =>
    within_target === null ? null : count - within_target;
  return (
    <Figure title={times.title} table="times" words={times.explanation} isWide>
      <DataTable
        label={texts.figure.tableOf(times.title)}
        columns={[
          { name: times.what },
          { name: times.happened, isNumber: true },
          { name: times.p50, isNumber: true },
          { name: times.p90, isNumber: true },
          { name: times.target, isNumber: true },
          ...series.map(({ name }) => ({ name, isNumber: true })),
        ]}
        rows={measures.map(({ key, target }) => {
          const spread = view[key];
          const number = (value: number | null) => (value === null ? '–' : count(value));
          return {
            key,
            cells: [
              times[key],
              count(spread.count),
              spread.p50 === null ? times.notMeasured : length(spread.p50),
              spread.p90 === null ? times.notMeasured : length(spread.p90),
              target === null ? times.noTarget : length(target),
              number(spread.within_target),
              number(late(spread)),
              number(spread.never),
            ],
          };
        })}
      />
      <Legend entries={series} />
      <Picture description={times.description}>
        <LyingBars
          series={series}
          bars={measures
            .filter(({ target }) => target !== null)
            .map(({ key }) => ({
              name: times[key],
              values: {
                within: view[key].within_target ?? 0,
                late: late(view[key]) ?? 0,
                never: view[key].never ?? 0,
              },
            }))}
        />
      </Picture>
    </Figure>
  );
}
