import type { InsightsView } from '../../../api/types.ts';
import { DaysFigure } from './days-figure.tsx';
import classes from './figures.module.css';
import { HoursFigure } from './hours-figure.tsx';
import { RankingFigure } from './ranking-figure.tsx';
import { ShadePatterns } from './shades.tsx';
import { TimesFigure } from './times-figure.tsx';
import { actionName, hazardName, siteName, type Words, workerName } from './words.ts';

/** All that the numbers say. */
export function Figures({ view, words }: { view: InsightsView; words: Words }) {
  const { texts, page } = words;
  const { calls, replies, times } = texts.figure;
  const urgencies = ['CRITICAL', 'URGENT', 'NORMAL'] as const;
  return (
    <div className={classes.figures}>
      <ShadePatterns />
      <DaysFigure view={view} words={words} />
      <TimesFigure view={view} words={words} />
      <HoursFigure view={view} words={words} />
      <RankingFigure
        title={texts.urgency.title}
        table="urgency"
        column={texts.urgency.column}
        counted={calls}
        words={words}
        items={urgencies.map((key) => ({
          key,
          name: page.urgency[key],
          count: view.urgency[key],
        }))}
      />
      <RankingFigure
        title={texts.medium.title}
        table="medium"
        column={texts.medium.column}
        counted={calls}
        words={words}
        items={(['Voice', 'Text'] as const).map((key) => ({
          key,
          name: page.medium[key],
          count: view.medium[key],
        }))}
      />
      <RankingFigure
        title={texts.hazards.title}
        table="hazards"
        column={texts.hazards.column}
        counted={calls}
        words={words}
        items={view.hazards.map(({ hazard, calls }) => ({
          key: hazard ?? '',
          name: hazardName(words, hazard),
          count: calls,
        }))}
      />
      <RankingFigure
        title={texts.actions.title}
        table="final_actions"
        column={texts.actions.column}
        counted={calls}
        words={words}
        items={view.final_actions.map(({ final_action, calls }) => ({
          key: final_action ?? '',
          name: actionName(words, final_action),
          count: calls,
        }))}
      />
      <RankingFigure
        title={texts.sites.title}
        table="sites"
        column={texts.sites.column}
        counted={calls}
        words={words}
        items={view.sites.map((site) => ({
          key: site.site_id ?? '',
          name: siteName(words, site),
          count: site.calls,
          critical: site.critical,
        }))}
      />
      {view.workers && (
        <RankingFigure
          title={texts.workers.title}
          table="workers"
          column={texts.workers.column}
          counted={calls}
          words={words}
          items={view.workers.map((worker) => ({
            key: worker.worker_id,
            name: workerName(words, worker),
            count: worker.calls,
            critical: worker.critical,
          }))}
        />
      )}
      <RankingFigure
        title={texts.rungs.title}
        table="rungs"
        column={texts.rungs.column}
        counted={replies}
        words={words}
        items={view.rungs.map(({ rung, replies }) => ({
          key: rung,
          name: texts.rungs.names[rung],
          count: replies,
        }))}
      />
      <RankingFigure
        title={texts.passages.title}
        table="passages"
        column={texts.passages.column}
        counted={times}
        words={words}
        items={view.passages.map(({ passage_id, times }) => ({
          key: passage_id,
          name: passage_id,
          count: times,
        }))}
      />
    </div>
  );
}
