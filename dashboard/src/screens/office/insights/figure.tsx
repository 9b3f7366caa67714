import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, Suspense, useId } from 'react';
import { insightsTexts } from '../../../texts/office/insights.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ExportMenu } from '../../../ui/export-menu.tsx';
import classes from './figure.module.css';
import { useExport } from './use-export.ts';

interface FigureProps {
  title: string;
  /** What the export route calls these numbers. */
  table: string;
  /** Above the numbers. */
  words?: ReactNode;
  children: ReactNode;
  isWide?: boolean;
}

/** Some numbers that belong together: their name, their file, themselves. */
export function Figure({ title, table, words, children, isWide = false }: FigureProps) {
  const id = useId();
  const { figure } = useTextsOf(insightsTexts);
  const exporting = useExport();
  return (
    <Paper
      component="section"
      withBorder
      p="md"
      aria-labelledby={id}
      className={classes.figure}
      data-wide={isWide || undefined}
    >
      <Group justify="space-between" align="start" wrap="nowrap" mb="sm">
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {exporting && (
          <ExportMenu
            formats={['csv', 'json']}
            label={figure.export(title)}
            pathOf={(format) => exporting(table, format)}
          />
        )}
      </Group>
      {words !== undefined && (
        <Text size="sm" c="dimmed" mb="sm">
          {words}
        </Text>
      )}
      {children}
    </Paper>
  );
}

interface PictureProps {
  /** What somebody is told who does not see it. */
  description: string;
  children: ReactNode;
}

/** For those who see it. */
export function Picture({ description, children }: PictureProps) {
  return (
    <div role="img" aria-label={description}>
      <Suspense fallback={<div className={classes.waiting} />}>{children}</Suspense>
    </div>
  );
}

/** A picture, and the same numbers in words for everybody. */
export function Chart({ table, ...picture }: PictureProps & { table: ReactNode }) {
  const { figure } = useTextsOf(insightsTexts);
  return (
    <>
      <Picture {...picture} />
      <details className={classes.details}>
        <summary>{figure.table}</summary>
        {table}
      </details>
    </>
  );
}
