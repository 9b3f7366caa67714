import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { workersImportTexts } from '../../../texts/office/workers-import.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { csvBlob, EXAMPLE } from './csv-file.ts';
import classes from './import.module.css';

/** Takes a file that is chosen or dropped. */
export function FileChoice({ onFile }: { onFile: (file: File) => void }) {
  const texts = useTextsOf(workersImportTexts);
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  }

  return (
    <Stack maw="48rem">
      <Text size="sm">{texts.about}</Text>
      <Text size="sm" c="dimmed">
        {texts.emptyCells}
      </Text>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same by key */}
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileSpreadsheet size={36} stroke={1.5} aria-hidden />
        <FileButton
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={(file) => file && onFile(file)}
        >
          {(props) => <Button {...props}>{texts.choose}</Button>}
        </FileButton>
        <Text size="sm">{texts.drop}</Text>
      </div>
      <Group>
        <Button
          variant="default"
          onClick={() => saveFile({ blob: csvBlob(EXAMPLE), name: 'workers-example.csv' })}
        >
          {texts.example}
        </Button>
      </Group>
    </Stack>
  );
}
