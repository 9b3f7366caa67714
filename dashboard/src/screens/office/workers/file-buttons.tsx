import { Button } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { askFileSignedIn } from '../../../session/session.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTexts } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { told } from '../../../ui/told.ts';

/** All workers into a file, and from one. */
export function FileButtons() {
  const texts = useTextsOf(workersTexts);
  const { failure } = useTexts();
  const [busy, setBusy] = useState(false);

  async function save(): Promise<void> {
    setBusy(true);
    await askFileSignedIn('/api/workers/export').then(saveFile).catch(told(failure.title));
    setBusy(false);
  }

  return (
    <>
      <Button
        variant="default"
        loading={busy}
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => void save()}
      >
        {texts.export}
      </Button>
      <Button
        component={Link}
        {...{ to: '/office/workers/import' }}
        variant="default"
        leftSection={<IconUpload size={18} aria-hidden />}
      >
        {texts.import}
      </Button>
    </>
  );
}
