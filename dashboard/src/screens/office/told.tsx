import type { ReactNode } from 'react';
import classes from './record-list.module.css';

/** What is told of a record. */
export function Told({ children }: { children: ReactNode }) {
  return <dl className={classes.told}>{children}</dl>;
}

/** One thing under its name; what is not there is left out. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
