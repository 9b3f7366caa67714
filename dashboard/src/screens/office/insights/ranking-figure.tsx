import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { LyingBars } from './charts-lazy.ts';
import { DataTable } from './data-table.tsx';
import { Chart, Figure } from './figure.tsx';
import { Legend } from './shades.tsx';
import type { Words } from './words.ts';

export interface Ranked {
  key: string;
  name: string;
  count: number;
  /** How many of them are critical, where that is known. */
  critical?: number;
}

interface RankingFigureProps {
  title: string;
  /** What the export route calls these numbers. */
  table: string;
  /** What the names are of. */
  column: string;
  /** What is counted. */
  counted: string;
  items: readonly Ranked[];
  words: Words;
  explanation?: ReactNode;
}

/** Bars of a picture that can be told apart; the table has all. */
const MOST = 10;

/** Things that have names, by how often they came. */
export function RankingFigure(props: RankingFigureProps) {
  const { title, table, column, counted, items, words, explanation } = props;
  const { figure } = words.texts;
  const isSplit = items.some(({ critical }) => critical !== undefined);
  const sum = items.reduce((all, { count }) => all + count, 0);
  const shown = items.slice(0, MOST);
  const series = isSplit
    ? ([
        { key: 'critical', name: figure.critical, shade: 'critical' },
        { key: 'others', name: figure.others, shade: 'normal' },
      ] as const)
    : ([{ key: 'count', name: counted, shade: 'plain' }] as const);
  return (
    <Figure title={title} table={table} words={explanation}>
      {sum === 0 ? (
        <Text c="dimmed">{figure.nothing}</Text>
      ) : (
        <>
          {isSplit && <Legend entries={series} />}
          <Chart
            description={shown
              .map(({ name, count }) => `${name}: ${words.count(count)}`)
              .join(', ')}
            table={
              <DataTable
                label={figure.tableOf(title)}
                columns={[
                  { name: column },
                  { name: counted, isNumber: true },
                  { name: figure.share, isNumber: true },
                  ...(isSplit ? [{ name: figure.critical, isNumber: true }] : []),
                ]}
                rows={items.map(({ key, name, count, critical }) => ({
                  key,
                  cells: [
                    name,
                    words.count(count),
                    words.share(count, sum),
                    ...(isSplit ? [words.count(critical ?? 0)] : []),
                  ],
                }))}
              />
            }
          >
            <LyingBars
              series={series}
              bars={shown.map(({ name, count, critical = 0 }) => ({
                name,
                values: { count, critical, others: count - critical },
              }))}
            />
          </Chart>
          {items.length > MOST && (
            <Text size="sm" c="dimmed">
              {figure.more(words.count(items.length - MOST))}
            </Text>
          )}
        </>
      )}
    </Figure>
  );
}
