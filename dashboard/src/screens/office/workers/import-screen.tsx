import { Alert, Anchor, Button, Group, Loader, Progress, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { workersImportTexts } from '../../../texts/office/workers-import.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { AdminsOnly } from '../admins-only.tsx';
import { FileChoice } from './file-choice.tsx';
import { ImportPreview } from './import-preview.tsx';
import { type Import, useImport } from './use-import.ts';

export function WorkersImportScreen() {
  const { title } = useTextsOf(workersImportTexts);
  return (
    <AdminsOnly title={title}>
      <WorkersImport />
    </AdminsOnly>
  );
}

/** Many workers at once: choose a file, see what it would do, store it. */
function WorkersImport() {
  const texts = useTextsOf(workersImportTexts);
  const { now, read, apply, again } = useImport();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3">
          {texts.title}
        </Title>
        <Anchor component={Link} {...{ to: '/office/workers' }}>
          {texts.toWorkers}
        </Anchor>
      </Group>
      {(now.step === 'choosing' || now.step === 'unreadable') && (
        <>
          {now.step === 'unreadable' && <Unreadable why={now.why} />}
          <FileChoice onFile={read} />
        </>
      )}
      {now.step === 'reading' && (
        <Group role="status">
          <Loader size="sm" />
          <Text>{texts.reading}</Text>
        </Group>
      )}
      {now.step === 'preview' && (
        <ImportPreview
          file={plain(now.file)}
          preview={now.preview}
          onApply={apply}
          onAgain={again}
        />
      )}
      {'all' in now && <Applying now={now} onGoOn={() => void apply(false)} onAgain={again} />}
    </Stack>
  );
}

function Unreadable({ why }: { why: Extract<Import, { step: 'unreadable' }>['why'] }) {
  const texts = useTextsOf(workersImportTexts);
  const message = typeof why === 'string' ? texts[why] : why.message;
  const { line } = ((typeof why !== 'string' && why.details) || {}) as { line?: number };
  // The API's own sentence names the line already, that of another language does not.
  const isNamed = line === undefined || message.includes(String(line));
  return (
    <Alert color="red" role="alert" title={texts.unreadable}>
      {isNamed ? message : `${texts.line} ${line}: ${message}`}
    </Alert>
  );
}

interface ApplyingProps {
  now: Extract<Import, { all: number }>;
  onGoOn: () => void;
  onAgain: () => void;
}

function Applying({ now, onGoOn, onAgain }: ApplyingProps) {
  const texts = useTextsOf(workersImportTexts);
  const { toWorkers } = texts;
  const common = useTextsOf(commonTexts);
  const box = useRef<HTMLDivElement>(null);
  const done = now.created + now.changed;
  // The button that began it is gone.
  useEffect(() => box.current?.focus(), []);
  return (
    <Stack ref={box} tabIndex={-1} maw="40rem">
      {now.step === 'done' ? (
        <Alert color="teal" role="status" title={texts.done}>
          {texts.result(now.created, now.changed)}
        </Alert>
      ) : (
        <>
          <Text role="status">{texts.applying(done, now.all)}</Text>
          <Progress
            value={now.all === 0 ? 100 : (100 * done) / now.all}
            aria-label={texts.applying(done, now.all)}
          />
        </>
      )}
      {now.step === 'broken' && (
        <Alert color="red" role="alert" title={texts.brokenOff}>
          {now.failure}
        </Alert>
      )}
      <Group>
        {now.step === 'broken' && <Button onClick={onGoOn}>{texts.goOn}</Button>}
        {now.step !== 'applying' && (
          <Button variant="default" onClick={onAgain}>
            {texts.another}
          </Button>
        )}
        {now.step === 'done' && (
          <Button
            component={Link}
            {...{ to: '/office/workers' }}
            aria-label={common.of(common.back, toWorkers)}
          >
            {toWorkers}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
