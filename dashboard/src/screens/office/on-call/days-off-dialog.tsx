import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { EntryDialog } from './entry-dialog.tsx';
import type { DaysOff } from './on-call-fields.ts';
import { PersonSelect } from './person-select.tsx';

interface DaysOffDialogProps {
  /** Undefined: new ones. */
  off: DaysOff | undefined;
  /** The date of today by the company's clock. */
  today: string | undefined;
  onClose: () => void;
  onDone: (off: DaysOff) => void;
}

export function DaysOffDialog({ off, today = '', onClose, onDone }: DaysOffDialogProps) {
  const texts = useTextsOf(onCallTexts);
  const common = useTextsOf(commonTexts);
  const [person, setPerson] = useState(off?.admin_id ?? '');
  const [from, setFrom] = useState(off?.from ?? today);
  const [to, setTo] = useState(off?.to ?? today);
  const [tried, setTried] = useState(false);
  const isInOrder = from <= to;

  function done(): void {
    setTried(true);
    if (person !== '' && from !== '' && isInOrder) onDone({ admin_id: person, from, to });
  }

  return (
    <EntryDialog title={off ? texts.editDaysOff : texts.addDaysOff} onClose={onClose} onDone={done}>
      <PersonSelect
        value={person}
        onChange={setPerson}
        error={tried && person === '' && common.required}
      />
      <Group grow align="flex-start">
        <TextInput
          type="date"
          label={texts.firstDay}
          value={from}
          error={tried && from === '' && common.required}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={texts.lastDay}
          value={to}
          error={tried && !isInOrder && texts.notInOrder}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </Group>
    </EntryDialog>
  );
}
