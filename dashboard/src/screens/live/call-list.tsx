import { Title } from '@mantine/core';
import { useMemo } from 'react';
import type { CallView } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';
import { blocksOf } from './blocks.ts';
import classes from './call-list.module.css';
import { CallRow } from './call-row.tsx';

interface CallListProps {
  calls: readonly CallView[];
  /** Whether it may be old: then it is grey. */
  isStale: boolean;
}

/** Calls in the order of need; those of one incident under one heading. */
export function CallList({ calls, isStale }: CallListProps) {
  const { live } = useTexts();
  const blocks = useMemo(() => blocksOf(calls), [calls]);
  return (
    <div className={classes.lists} data-stale={isStale || undefined}>
      {blocks.map(({ key, incidentId, calls }) => {
        const place = calls.find(({ facts }) => facts.where)?.facts.where?.value;
        const heading = [live.incident(calls.length), place].filter(Boolean).join(' · ');
        const rows = (
          <ul className={classes.list} aria-label={incidentId ? heading : live.list}>
            {calls.map((call) => (
              <CallRow key={call.call_id} call={call} />
            ))}
          </ul>
        );
        if (incidentId === undefined) return <div key={key}>{rows}</div>;
        return (
          <section key={key} className={classes.incident}>
            <Title order={2} size="h6" className={classes.heading} dir="auto">
              {heading}
            </Title>
            {rows}
          </section>
        );
      })}
    </div>
  );
}
