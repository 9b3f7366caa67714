import { useState } from 'react';
import type { Operations } from '../../../api/types.ts';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { DataTable } from '../insights/data-table.tsx';
import classes from './area-table.module.css';
import { inUnit } from './values.ts';

const MINUTE = 60_000;

/** The area's lines in numbers, the newest first; only where it is opened. */
export function AreaTable({ area, of }: { area: Operations['areas'][number]; of: Operations }) {
  const texts = useTextsOf(operationsTexts);
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const drawn = area.signals.filter(({ points }) => points !== null);
  if (drawn.length === 0) return null;
  const clock = new Intl.DateTimeFormat(language, {
    ...(of.step_minutes > 3 && { weekday: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const times = (drawn[0]?.points ?? []).map(
    (_, at) => Date.parse(of.from) + at * of.step_minutes * MINUTE,
  );
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>{texts.table}</summary>
      {isOpen && (
        <DataTable
          label={texts.tableOf(texts.areas[area.id])}
          columns={[
            { name: texts.time },
            ...drawn.map(({ id }) => ({ name: texts.signals[id][0], isNumber: true })),
          ]}
          rows={times
            .map((time, at) => ({
              key: String(time),
              cells: [
                clock.format(time),
                ...drawn.map(({ points, unit }) => {
                  const value = points?.[at] ?? null;
                  return value === null ? '' : inUnit(value, unit, language);
                }),
              ],
            }))
            .toReversed()}
        />
      )}
    </details>
  );
}
