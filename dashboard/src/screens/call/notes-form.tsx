import { Alert, Button, Group, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import type { CallView } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';
import { useDraft } from '../../ui/drafts.ts';
import { useEdit } from './use-edit.ts';

/** Notes that stay with the call. What somebody types is never overwritten by what comes in. */
export function NotesForm({ call, readOnly = false }: { call: CallView; readOnly?: boolean }) {
  const { call: texts } = useTexts();
  const known = call.admin_notes ?? '';
  const [typed, setTyped] = useDraft(`notes ${call.call_id}`);
  /** Shown at once, until the stream brings what it has become. */
  const [sent, setSent] = useState<{ notes: string; over: string }>();
  const saved = sent && sent.over === known ? sent.notes : known;
  const [conflict, setConflict] = useState(false);
  const { read, change, busy } = useEdit(call.call_id);
  /** Of the version that was on the screen when somebody began to type. */
  const etag = useRef<string>(undefined);
  const isTyping = typed !== undefined;

  useEffect(() => {
    if (!isTyping || etag.current !== undefined) return;
    void read()
      .then((known) => {
        etag.current ??= known.etag;
      })
      .catch(() => undefined);
  }, [isTyping, read]);

  async function save(): Promise<void> {
    if (typed === undefined) return;
    setSent({ notes: typed, over: known });
    setTyped(undefined);
    setConflict(false);
    const changed = await change(() => ({ admin_notes: typed }), etag.current);
    etag.current = undefined;
    if (changed === 'conflict') setConflict(true);
    if (!changed || changed === 'conflict') {
      setSent(undefined);
      return setTyped(typed);
    }
    notifications.show({ message: texts.saved, color: 'teal' });
  }

  return (
    <>
      {conflict && (
        <Alert color="orange" role="alert">
          {texts.changed}
          <Text size="sm" mt="xs" dir="auto">
            {saved}
          </Text>
        </Alert>
      )}
      <Textarea
        label={texts.notes}
        value={typed ?? saved}
        readOnly={readOnly}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {isTyping && (
        <Group justify="flex-end">
          <Button size="compact-md" variant="default" onClick={() => setTyped(undefined)}>
            {texts.cancel}
          </Button>
          <Button size="compact-md" loading={busy} onClick={() => void save()}>
            {texts.save}
          </Button>
        </Group>
      )}
    </>
  );
}
