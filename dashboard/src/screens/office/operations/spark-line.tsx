import classes from './spark-line.module.css';
import type { State } from './state-mark.tsx';
import { pathOf } from './values.ts';

const WIDTH = 120;
const HEIGHT = 28;

interface SparkLineProps {
  label: string;
  points: readonly (number | null)[];
  /** The value at the upper edge. */
  most: number;
  threshold: number | null;
  state: State;
}

/** A small line over time; the table below the area has its numbers. */
export function SparkLine({ label, points, most, threshold, state }: SparkLineProps) {
  const box = { width: WIDTH, height: HEIGHT, most };
  return (
    <svg
      className={classes.line}
      data-state={state}
      viewBox={`-1 -2 ${WIDTH + 2} ${HEIGHT + 4}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className={classes.ground} d={`M0 ${HEIGHT}H${WIDTH}`} />
      {threshold !== null && threshold > 0 && threshold <= most && (
        <path className={classes.threshold} d={pathOf([threshold, threshold], box)} />
      )}
      <path className={classes.values} d={pathOf(points, box)} />
    </svg>
  );
}
