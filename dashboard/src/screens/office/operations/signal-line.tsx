import { Code, Text } from '@mantine/core';
import type { Operations } from '../../../api/types.ts';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import classes from './signal-line.module.css';
import { SparkLine } from './spark-line.tsx';
import { StateMark } from './state-mark.tsx';
import { inUnit } from './values.ts';

type Signal = Operations['areas'][number]['signals'][number];

/** One thing that is watched: its value, its thresholds, its line, and what to do where it is too much. */
export function SignalLine({ signal }: { signal: Signal }) {
  const texts = useTextsOf(operationsTexts);
  const language = useLanguage();
  const { id, state, value, unit, warning, critical, points, runbook } = signal;
  const [name, advice] = texts.signals[id];
  const shown = (of: number) => inUnit(of, unit, language);
  const unknown = id === 'queue_depth' ? texts.onlyCloud : texts.nothing;
  const most = Math.max(...(points ?? []).map((point) => point ?? 0), warning ?? critical ?? 0, 1);
  return (
    <li className={classes.signal}>
      <div className={classes.words}>
        <Text size="sm">{name}</Text>
        <Text size="xs" c="dimmed">
          {texts.thresholds(
            warning === null ? null : shown(warning),
            critical === null ? null : shown(critical),
          )}
        </Text>
      </div>
      {points && (
        <SparkLine
          label={texts.line(name, shown(most))}
          points={points}
          most={most}
          threshold={warning ?? critical}
          state={state}
        />
      )}
      <span className={`${classes.value} numbers`}>{value === null ? unknown : shown(value)}</span>
      {state !== 'ok' && (
        <div className={classes.advice}>
          <StateMark state={state} />{' '}
          <Text span size="sm">
            {advice}
          </Text>{' '}
          <Text span size="xs" c="dimmed">
            {texts.runbook}: <Code>{runbook}</Code>
          </Text>
        </div>
      )}
    </li>
  );
}
