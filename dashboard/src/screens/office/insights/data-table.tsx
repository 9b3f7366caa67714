import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import classes from './data-table.module.css';

export interface Column {
  name: string;
  isNumber?: boolean;
}

export interface Row {
  key: string;
  /** The first one names the row. */
  cells: readonly ReactNode[];
}

interface DataTableProps {
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
}

/** Numbers in rows, in a box that scrolls by itself where they are too many or too wide. */
export function DataTable({ label, columns, rows }: DataTableProps) {
  return (
    <ScrollBox className={classes.scroll} label={label}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name, isNumber }) => (
              <Table.Th key={name} scope="col" className={isNumber ? classes.number : undefined}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells: [head, ...cells] }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" className={classes.head} dir="auto">
                {head}
              </Table.Th>
              {cells.map((cell, at) => (
                <Table.Td
                  key={columns[at + 1]?.name}
                  className={columns[at + 1]?.isNumber ? classes.number : undefined}
                >
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}
