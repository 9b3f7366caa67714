import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useRef, useState } from 'react';
import type { Manual } from '../../../api/types.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { manualWritingTexts } from '../../../texts/office/manual-writing.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Failure } from '../../../ui/failure.tsx';
import { ConflictOffer } from './conflict-offer.tsx';
import classes from './editor.module.css';
import { FileTaker } from './file-taker.tsx';
import { ProblemList } from './problem-list.tsx';
import { lineAt, lineIn } from './problems.ts';
import { useSaving } from './use-saving.ts';
import type { Writing } from './use-writing.ts';

interface EditorProps {
  writing: Writing;
  /** What is not worth saving: a template, or what is saved already. */
  untouched: string;
  onSaved: (manual: Manual) => void;
  /** Between the file and the text. */
  children?: ReactNode;
}

/** A manual's text, and beside it the lines that can't be spoken. */
export function Editor({ writing, untouched, onSaved, children }: EditorProps) {
  const texts = useTextsOf(manualWritingTexts);
  const { refusals } = useTextsOf(manualTexts);
  const area = useRef<HTMLTextAreaElement>(null);
  const [line, setLine] = useState(1);
  const { text, base, isTyped, write, discard } = writing;
  const { save, busy, problems, refusal, theirs, forgetTheirs } = useSaving((manual) => {
    discard();
    notifications.show({ message: texts.saved(manual.version), color: 'teal' });
    onSaved(manual);
  });
  const isUntouched = text === untouched;

  function go(to: number): void {
    const { from, to: end } = lineIn(text, to);
    area.current?.focus();
    area.current?.setSelectionRange(from, end);
  }

  return (
    <div className={classes.editor}>
      <Stack gap="sm">
        <FileTaker text={text} onText={(taken) => write(taken)}>
          {children}
          <Textarea
            ref={area}
            label={texts.text}
            description={texts.becomesAuthor}
            classNames={{ input: classes.text ?? '' }}
            spellCheck
            dir="auto"
            value={text}
            onChange={({ currentTarget }) => write(currentTarget.value)}
            onSelect={({ currentTarget }) =>
              setLine(lineAt(currentTarget.value, currentTarget.selectionStart))
            }
          />
        </FileTaker>
        <Group justify="space-between">
          <Text size="xs" c="dimmed" className="numbers">
            {texts.line(line, text.split('\n').length)}
          </Text>
          {isTyped && (
            <Text size="xs" c="dimmed">
              {texts.isKept}
            </Text>
          )}
        </Group>
        <Group>
          <Button loading={busy} disabled={isUntouched} onClick={() => void save(text, base)}>
            {saveWords()}
          </Button>
          {isTyped && (
            <Button variant="default" onClick={discard}>
              {texts.discard}
            </Button>
          )}
          {isUntouched && !base && (
            <Text size="sm" c="dimmed">
              {texts.untouched}
            </Text>
          )}
        </Group>
      </Stack>
      <div className={classes.beside}>
        {refusal && <Failure>{refusals[refusal.code] ?? refusal.message}</Failure>}
        {problems.length > 0 && <ProblemList problems={problems} text={text} onGo={go} />}
        {theirs && (
          <ConflictOffer
            theirs={theirs}
            onTake={() => {
              forgetTheirs();
              discard();
              onSaved(theirs.manual);
            }}
            onKeep={() => {
              write(text, theirs.base);
              void save(text, theirs.base);
            }}
          />
        )}
      </div>
    </div>
  );

  function saveWords(): string {
    if (!base) return texts.save;
    return base.isDraft ? texts.saveDraft : texts.saveNext(base.version + 1);
  }
}
