import { Text, Title } from '@mantine/core';
import { useId } from 'react';
import type { Operations } from '../../../api/types.ts';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import classes from './area-card.module.css';
import { AreaTable } from './area-table.tsx';
import { SignalLine } from './signal-line.tsx';
import { StateMark } from './state-mark.tsx';

type Area = Operations['areas'][number];

/** One area: its state, what it rests on, and what to do. */
export function AreaCard({ area, of }: { area: Area; of: Operations }) {
  const { areas } = useTextsOf(operationsTexts);
  const title = useId();
  return (
    <section className={classes.card} aria-labelledby={title} data-state={area.state}>
      <div className={classes.head}>
        <Title order={2} size="h4" id={title}>
          {areas[area.id]}
        </Title>
        <StateMark state={area.state} />
      </div>
      <ul className={classes.signals}>
        {area.signals.map((signal) => (
          <SignalLine key={signal.id} signal={signal} />
        ))}
      </ul>
      <AreaTable area={area} of={of} />
    </section>
  );
}

/** Rows of something else beside the areas. */
export function PlainCard({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: React.ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {lead && (
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      )}
      {children}
    </section>
  );
}
