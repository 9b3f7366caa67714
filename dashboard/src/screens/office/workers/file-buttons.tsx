import { Button } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { askFileSignedIn } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { told } from '../../../ui/told.ts';

/** All workers into a file, and from one. */
export function FileButtons() {
  const texts = useTextsOf(workersTexts);
  const { failure } = useTextsOf(commonTexts);
  const [busy, setBusy] = useState(false);

  async function save(): Promise<void> {
    setBusy(true);
    await askFileSignedIn('/api/workers/export').then(saveFile).catch(told(failure));
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
