import { Checkbox, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { weekdayInWords } from './clock.ts';
import { EntryDialog } from './entry-dialog.tsx';
import type { Shift } from './on-call-fields.ts';
import { PersonSelect } from './person-select.tsx';

interface ShiftDialogProps {
  /** Undefined: a new one. */
  shift: Shift | undefined;
  onClose: () => void;
  onDone: (shift: Shift) => void;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];

export function ShiftDialog({ shift, onClose, onDone }: ShiftDialogProps) {
  const texts = useTextsOf(onCallTexts);
  const common = useTextsOf(commonTexts);
  const language = useLanguage();
  const [person, setPerson] = useState(shift?.admin_id ?? '');
  const [days, setDays] = useState((shift?.days ?? [1, 2, 3, 4, 5]).map(String));
  const [from, setFrom] = useState(shift?.from ?? '08:00');
  const [to, setTo] = useState(shift?.to ?? '20:00');
  const [tried, setTried] = useState(false);
  const isComplete = person !== '' && days.length > 0 && from !== '' && to !== '';

  function done(): void {
    setTried(true);
    if (!isComplete) return;
    const inOrder = days.map(Number).sort((a, b) => a - b);
    onDone({ admin_id: person, days: inOrder, from, to });
  }

  return (
    <EntryDialog title={shift ? texts.editShift : texts.addShift} onClose={onClose} onDone={done}>
      <PersonSelect
        value={person}
        onChange={setPerson}
        error={tried && person === '' && common.required}
      />
      <Checkbox.Group
        label={texts.days}
        description={texts.daysHint}
        value={days}
        onChange={setDays}
        error={tried && days.length === 0 && common.required}
      >
        <Group gap="sm" mt="xs">
          {WEEK.map((day) => (
            <Checkbox key={day} value={String(day)} label={weekdayInWords(day, language)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group grow align="flex-start">
        <TextInput
          type="time"
          label={texts.from}
          value={from}
          error={tried && from === '' && common.required}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="time"
          label={texts.to}
          value={to}
          error={tried && to === '' && common.required}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </Group>
      {to <= from && (
        <Text size="sm" c="dimmed" role="status">
          {to === from ? texts.wholeDay : texts.endsNextDay}
        </Text>
      )}
    </EntryDialog>
  );
}
