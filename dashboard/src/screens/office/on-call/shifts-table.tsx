import { Table } from '@mantine/core';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { weekdayInWords } from './clock.ts';
import { EntriesTable } from './entries-table.tsx';
import { EntryRow } from './entry-row.tsx';
import { type Shift, shiftKey } from './on-call-fields.ts';
import { useNameOfTarget } from './who.ts';

interface ShiftsTableProps {
  shifts: readonly Shift[];
  readOnly: boolean;
  onAdd: () => void;
  onEdit: (shift: Shift) => void;
  onRemove: (shift: Shift) => void;
}

/** The rota: who is on duty on which days, from when to when. */
export function ShiftsTable({ shifts, readOnly, onAdd, onEdit, onRemove }: ShiftsTableProps) {
  const texts = useTextsOf(onCallTexts);
  const nameOf = useNameOfTarget();
  const hours = useHours();
  const daysOf = useDaysInWords();
  return (
    <EntriesTable
      title={texts.shifts}
      add={texts.addShift}
      none={texts.noShifts}
      columns={[texts.person, texts.days, texts.time]}
      rows={shifts.map((shift) => (
        <EntryRow
          key={shiftKey(shift)}
          name={`${nameOf(shift.admin_id)}, ${daysOf(shift.days)}, ${hours(shift)}`}
          readOnly={readOnly}
          onEdit={() => onEdit(shift)}
          onRemove={() => onRemove(shift)}
        >
          <Table.Td dir="auto">{nameOf(shift.admin_id)}</Table.Td>
          <Table.Td>{daysOf(shift.days)}</Table.Td>
          <Table.Td className="numbers">{hours(shift)}</Table.Td>
        </EntryRow>
      ))}
      readOnly={readOnly}
      onAdd={onAdd}
    />
  );
}

/** `22:00–06:00 (next day)`. */
export function useHours(): (shift: Pick<Shift, 'from' | 'to'>) => string {
  const { nextDay } = useTextsOf(onCallTexts);
  return ({ from, to }) => (to > from ? `${from}–${to}` : `${from}–${to} (${nextDay})`);
}

/** Weekdays in the order of the week. */
function useDaysInWords(): (days: readonly number[]) => string {
  const { everyDay } = useTextsOf(onCallTexts);
  const language = useLanguage();
  return (days) => {
    if (days.length === 7) return everyDay;
    const inOrder = [...days].sort((a, b) => a - b);
    return inOrder.map((day) => weekdayInWords(day, language)).join(', ');
  };
}
