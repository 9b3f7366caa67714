import {
  Alert,
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { WorkersImport } from '../../../api/types.ts';
import { workersImportTexts } from '../../../texts/office/workers-import.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { csvBlob } from './csv-file.ts';
import classes from './import.module.css';
import { ImportRows } from './import-rows.tsx';
import { type Outcome, rowsToShow } from './rows-to-show.ts';
import { toStore } from './use-import.ts';

/** Rows that are drawn at first, and with each further wish. */
const SOME = 100;

interface ImportPreviewProps {
  file: string;
  preview: WorkersImport;
  onApply: (leavesOut: boolean) => void;
  onAgain: () => void;
}

/** What a file would do, before anything is stored. */
export function ImportPreview({ file, preview, onApply, onAgain }: ImportPreviewProps) {
  const texts = useTextsOf(workersImportTexts);
  const { totals, ignored_columns, faulty_csv } = preview;
  const [shown, setShown] = useState<Outcome | 'all'>('all');
  const [most, setMost] = useState(SOME);
  const [leavesOut, setLeavesOut] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const rows = rowsToShow(preview.rows, shown);
  const count = toStore(preview);
  // The button that chose the file is gone.
  useEffect(() => heading.current?.focus(), []);

  function apply(): void {
    if (totals.faulty > 0 && !leavesOut) setRefused(true);
    else onApply(leavesOut);
  }

  return (
    <Stack>
      <Title order={2} size="h4" ref={heading} tabIndex={-1} dir="auto">
        {texts.preview(file)}
      </Title>
      {ignored_columns.length > 0 && (
        <Alert color="blue">{texts.ignored(ignored_columns.map(plain).join(', '))}</Alert>
      )}
      {count === 0 && <Text>{texts.nothingToDo}</Text>}
      {count > 0 && totals.faulty > 0 && (
        <Checkbox
          label={texts.leaveOut(totals.faulty)}
          checked={leavesOut}
          error={isRefused && !leavesOut && texts.leaveOutFirst}
          onChange={({ currentTarget }) => setLeavesOut(currentTarget.checked)}
        />
      )}
      <Group>
        {count > 0 && <Button onClick={apply}>{texts.apply(count)}</Button>}
        <Button variant="default" onClick={onAgain}>
          {texts.another}
        </Button>
      </Group>
      <Group justify="space-between">
        <div className={classes.filter}>
          <SegmentedControl
            aria-label={texts.filter}
            value={shown}
            onChange={(value) => {
              setShown(value as Outcome | 'all');
              setMost(SOME);
            }}
            data={[
              { value: 'all', label: texts.all(totals.rows) },
              { value: 'faulty', label: texts.faulty(totals.faulty) },
              { value: 'create', label: texts.create(totals.create) },
              { value: 'change', label: texts.change(totals.change) },
              { value: 'unchanged', label: texts.unchanged(totals.unchanged) },
            ]}
          />
        </div>
        {faulty_csv !== null && (
          <Button
            variant="default"
            onClick={() => saveFile({ blob: csvBlob(faulty_csv), name: 'faulty-rows.csv' })}
          >
            {texts.saveFaulty}
          </Button>
        )}
      </Group>
      <ImportRows rows={rows.slice(0, most)} />
      <Group>
        <Text size="sm" c="dimmed">
          {texts.shown(Math.min(most, rows.length), rows.length)}
        </Text>
        {rows.length > most && (
          <Button variant="default" size="compact-md" onClick={() => setMost(most + SOME)}>
            {texts.more}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
