import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { manualWritingTexts } from '../../../texts/office/manual-writing.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import classes from './editor.module.css';
import { readText } from './read-file.ts';

interface FileTakerProps {
  text: string;
  onText: (text: string) => void;
  children: ReactNode;
}

/** Takes a text from a file that is chosen, or dropped on the children; what was there can be brought back. */
export function FileTaker({ text, onText, children }: FileTakerProps) {
  const texts = useTextsOf(manualWritingTexts);
  const [before, setBefore] = useState<{ text: string; name: string }>();
  const [refused, setRefused] = useState<'large' | 'no_text'>();

  async function take(file: File | null | undefined): Promise<void> {
    if (!file) return;
    const read = await readText(file);
    setRefused('refused' in read ? read.refused : undefined);
    if ('refused' in read) return;
    setBefore({ text, name: file.name });
    onText(read.text);
  }

  function drop(event: DragEvent): void {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    void take(file);
  }

  return (
    <>
      <Group gap="sm">
        <FileButton accept=".md,.markdown,.txt,text/markdown,text/plain" onChange={take}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconFileText size={18} aria-hidden />}
            >
              {texts.file}
            </Button>
          )}
        </FileButton>
        <Text size="sm">{texts.drop}</Text>
      </Group>
      {refused && (
        <Text role="alert" size="sm" fw={600}>
          {texts.refusedFile[refused]}
        </Text>
      )}
      {before && (
        <Group gap="sm" role="status">
          <Text size="sm">{texts.fromFile(plain(before.name))}</Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              onText(before.text);
              setBefore(undefined);
            }}
          >
            {texts.bringBack}
          </Button>
        </Group>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button does the same by key */}
      <div className={classes.drop} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        {children}
      </div>
    </>
  );
}
