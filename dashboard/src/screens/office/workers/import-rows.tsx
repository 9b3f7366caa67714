import { Table } from '@mantine/core';
import { workersImportTexts } from '../../../texts/office/workers-import.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import classes from './import.module.css';
import type { ImportRow } from './rows-to-show.ts';

const COLUMNS = ['name', 'mobile_no', 'site', 'language', 'supervisor'] as const;

/** Rows of the file, each with what becomes of it. */
export function ImportRows({ rows }: { rows: readonly ImportRow[] }) {
  const texts = useTextsOf(workersImportTexts);
  return (
    <ScrollBox label={texts.table}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.line}</Table.Th>
            <Table.Th>{texts.outcome}</Table.Th>
            {COLUMNS.map((column) => (
              <Table.Th key={column}>{texts.fields[column]}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.line}>
              <Table.Th scope="row" className="numbers">
                {row.line}
              </Table.Th>
              <Table.Td className={classes.happens}>
                <Happens row={row} />
              </Table.Td>
              {COLUMNS.map((column) => (
                <Value key={column} row={row} column={column} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

function Happens({ row }: { row: ImportRow }) {
  const texts = useTextsOf(workersImportTexts);
  if (row.outcome !== 'faulty') return texts.outcomes[row.outcome];
  return (
    <ul className={classes.faults}>
      {row.faults.map(({ field, code, message }) => (
        <li key={`${field} ${code}`}>{texts.faults[code] ?? message}</li>
      ))}
    </ul>
  );
}

function Value({ row, column }: { row: ImportRow; column: (typeof COLUMNS)[number] }) {
  const texts = useTextsOf(workersImportTexts);
  const change = row.changes.find(({ field }) => field === column);
  return (
    <Table.Td
      className={column === 'mobile_no' ? classes.number : classes.cell}
      dir={column === 'mobile_no' ? 'ltr' : 'auto'}
      {...(change && { fw: 600 })}
    >
      {plain(row.values[column])}
      {change && change.after === '' && texts.nothing}
      {change && (
        <span className={classes.before}>
          {texts.before(plain(change.before) || texts.nothing)}
        </span>
      )}
    </Table.Td>
  );
}
