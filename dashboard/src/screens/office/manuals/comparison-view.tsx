import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { Comparison } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { plain } from '../../../ui/plain.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import classes from './comparison-view.module.css';
import { type DiffLine, diffLines } from './diff-lines.ts';
import { MANUALS } from './use-manuals.ts';

interface ComparisonViewProps {
  manualId: string;
  before: number;
  after: number;
}

/** What one version says in other words than another. Signs and words tell it, not colour alone. */
export function ComparisonView({ manualId, before, after }: ComparisonViewProps) {
  const { comparing } = useTextsOf(manualTexts);
  const found = useQuery({
    queryKey: [MANUALS, manualId, 'compare', before, after],
    queryFn: async ({ signal }) => {
      const path = `/api/manuals/${manualId}/compare?from=${before}&to=${after}`;
      return (await askSignedIn<Comparison>('GET', path, { signal })).body;
    },
  });
  if (!found.data) return <Pending of={found} />;
  const { diff } = found.data;
  if (diff === null) return <Text>{comparing.tooDifferent}</Text>;
  const parts = diffLines(diff);
  if (parts.length === 0) return <Text>{comparing.equal}</Text>;
  const count = (kind: DiffLine['kind']) =>
    parts.flatMap(({ lines }) => lines).filter((line) => line.kind === kind).length;
  return (
    <>
      <Text size="sm">{comparing.summary(count('added'), count('removed'))}</Text>
      <ScrollBox className={classes.scroll} label={comparing.label(before, after)}>
        {parts.map(({ lines }, at) => (
          <Fragment key={`${lines[0]?.before} ${lines[0]?.after}`}>
            {at > 0 && (
              <Text size="xs" c="dimmed" py="xs" ta="center">
                {comparing.gap}
              </Text>
            )}
            {lines.map((line) => (
              <Line key={`${line.kind} ${line.before} ${line.after}`} line={line} />
            ))}
          </Fragment>
        ))}
      </ScrollBox>
    </>
  );
}

const SIGNS = { added: '+', removed: '−', same: ' ' } as const;

function Line({ line: { kind, text, before, after } }: { line: DiffLine }) {
  const { comparing } = useTextsOf(manualTexts);
  const words = plain(text);
  return (
    <div className={classes.line} data-kind={kind}>
      <span className={classes.number}>{before}</span>
      <span className={classes.number}>{after}</span>
      <span aria-hidden>{SIGNS[kind]}</span>
      <span className={classes.kind}>{kind === 'same' ? '' : comparing[kind]}</span>
      <Marked kind={kind}>{words}</Marked>
    </div>
  );
}

function Marked({ kind, children }: { kind: DiffLine['kind']; children: string }) {
  if (kind === 'added') return <ins dir="auto">{children}</ins>;
  if (kind === 'removed') return <del dir="auto">{children}</del>;
  return <span dir="auto">{children}</span>;
}
