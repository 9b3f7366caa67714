import { Table } from '@mantine/core';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { dateInWords } from './clock.ts';
import { EntriesTable } from './entries-table.tsx';
import { EntryRow } from './entry-row.tsx';
import { type DaysOff, offKey } from './on-call-fields.ts';
import classes from './on-call-screen.module.css';
import { useNameOfTarget } from './who.ts';

interface DaysOffTableProps {
  daysOff: readonly DaysOff[];
  /** The date of today by the company's clock. */
  today: string | undefined;
  readOnly: boolean;
  onAdd: () => void;
  onEdit: (off: DaysOff) => void;
  onRemove: (off: DaysOff) => void;
}

/** Days on which somebody is not on duty, whatever the rota says. */
export function DaysOffTable(props: DaysOffTableProps) {
  const { daysOff, today = '', readOnly, onAdd, onEdit, onRemove } = props;
  const texts = useTextsOf(onCallTexts);
  const language = useLanguage();
  const nameOf = useNameOfTarget();
  const inWords = (date: string) => `${dateInWords(date, language)} ${date.slice(0, 4)}`;
  return (
    <EntriesTable
      title={texts.daysOff}
      add={texts.addDaysOff}
      none={texts.noDaysOff}
      columns={[texts.person, texts.firstDay, texts.lastDay]}
      rows={daysOff.map((off) => (
        <EntryRow
          key={offKey(off)}
          className={off.to < today ? classes.past : undefined}
          name={`${nameOf(off.admin_id)}, ${inWords(off.from)}`}
          readOnly={readOnly}
          onEdit={() => onEdit(off)}
          onRemove={() => onRemove(off)}
        >
          <Table.Td dir="auto">{nameOf(off.admin_id)}</Table.Td>
          <Table.Td>{inWords(off.from)}</Table.Td>
          <Table.Td>{inWords(off.to)}</Table.Td>
        </EntryRow>
      ))}
      readOnly={readOnly}
      onAdd={onAdd}
    />
  );
}
