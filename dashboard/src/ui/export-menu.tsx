import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { askFileSignedIn } from '../session/session.ts';
import { useTexts } from '../texts/texts.ts';
import { saveFile } from './save-file.ts';
import { told } from './told.ts';

type Format = 'csv' | 'json' | 'html';

interface ExportMenuProps {
  formats: readonly Format[];
  pathOf: (format: Format) => string;
  /** Says what is saved, where a screen has several of these. */
  label?: string;
  /** Says that the file does not hold everything; absent: that of calls. */
  cut?: string;
}

/** Saves what is on the screen as a file: fetched, since no link can carry the token. */
export function ExportMenu({ formats, pathOf, label, cut }: ExportMenuProps) {
  const { history, failure } = useTexts();
  const [busy, setBusy] = useState(false);
  const names = { csv: history.asCsv, json: history.asJson, html: history.asPage };

  async function save(format: Format): Promise<void> {
    setBusy(true);
    try {
      const file = await askFileSignedIn(pathOf(format));
      saveFile(file);
      if (!file.complete) {
        notifications.show({ color: 'orange', message: cut ?? history.exportCut });
      }
    } catch (error) {
      told(failure.title)(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          loading={busy}
          aria-label={label}
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {history.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {names[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
