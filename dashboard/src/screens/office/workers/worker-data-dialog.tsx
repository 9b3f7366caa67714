import { Button, Divider, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../../api/ask.ts';
import { askFileSignedIn, askSignedIn } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { plain } from '../../../ui/plain.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { useLastKnown } from '../last-known.ts';
import type { Worker } from './worker.ts';

interface WorkerDataDialogProps {
  worker: Worker | undefined;
  onClose: () => void;
  onErased: () => Promise<void>;
}

/** All that is stored of a person: to be handed over, or erased. */
export function WorkerDataDialog({ worker, onClose, onErased }: WorkerDataDialogProps) {
  const texts = useTextsOf(workersTexts);
  const shown = useLastKnown(worker);
  return (
    <Dialog
      opened={worker !== undefined}
      onClose={onClose}
      title={texts.dataTitle(plain(shown?.name ?? ''))}
    >
      {worker && <WorkerData worker={worker} onClose={onClose} onErased={onErased} />}
    </Dialog>
  );
}

/** Milliseconds: a request erases for 40 s before it says that there is more. */
const LONG = 60_000;

interface Erased {
  erased: number;
  held: number;
  complete: boolean;
}

function WorkerData({ worker, onClose, onErased }: WorkerDataDialogProps & { worker: Worker }) {
  const texts = useTextsOf(workersTexts);
  const common = useTextsOf(commonTexts);
  const [busy, setBusy] = useState<'save' | 'erase'>();
  const [failure, setFailure] = useState<string>();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const path = `/api/workers/${encodeURIComponent(worker.id)}`;

  async function attempt(what: 'save' | 'erase', work: () => Promise<void>): Promise<void> {
    setBusy(what);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 401) setFailure(error.message);
    } finally {
      setBusy(undefined);
    }
  }

  async function erase(): Promise<void> {
    let erased = 0;
    let last: Erased;
    do {
      const { body } = await askSignedIn<Erased>('POST', `${path}/erase`, {
        body: { confirm: typed },
        patience: LONG,
      });
      erased += body.erased;
      last = body;
    } while (!last.complete);
    const { held } = last;
    notifications.show({
      color: 'teal',
      message: held > 0 ? texts.erasedHeld(erased, held) : texts.erased(erased),
    });
    onClose();
    await onErased();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const isRight = typed.normalize('NFC').trim() === worker.name.normalize('NFC').trim();
    setWrong(!isRight);
    if (isRight) void attempt('erase', erase);
  }

  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm">{texts.dataText}</Text>
        <Button
          variant="default"
          loading={busy === 'save'}
          onClick={() =>
            void attempt('save', async () => saveFile(await askFileSignedIn(`${path}/export`)))
          }
        >
          {texts.saveData}
        </Button>
      </Group>
      <Divider />
      <form onSubmit={submit}>
        <Stack>
          <Title order={3} size="h5">
            {texts.eraseTitle}
          </Title>
          <Text size="sm">{texts.eraseText}</Text>
          <TextInput
            label={texts.confirmName(plain(worker.name))}
            dir="auto"
            autoComplete="off"
            value={typed}
            error={isWrong && texts.confirmWrong}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          {failure !== undefined && <Failure>{failure}</Failure>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" color="red" loading={busy === 'erase'}>
              {texts.erase}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
