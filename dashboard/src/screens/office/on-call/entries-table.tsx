import { Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { PartHead } from './part-head.tsx';

interface EntriesTableProps {
  title: string;
  /** What the button says that adds an entry. */
  add: string;
  /** What is said where there are no entries. */
  none: string;
  columns: readonly string[];
  /** Each an `EntryRow`. */
  rows: readonly ReactNode[];
  readOnly: boolean;
  onAdd: () => void;
}

/** Shifts, or days off, under their title. */
export function EntriesTable(props: EntriesTableProps) {
  const { title, add, none, columns, rows, readOnly, onAdd } = props;
  const common = useTextsOf(commonTexts);
  return (
    <Stack gap="sm">
      <PartHead title={title} add={add} onAdd={readOnly ? undefined : onAdd} />
      {rows.length === 0 && <Text c="dimmed">{none}</Text>}
      {rows.length > 0 && (
        <ScrollBox label={title}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column}>{column}</Table.Th>
                ))}
                {!readOnly && <Table.Th>{common.actions}</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{rows}</Table.Tbody>
          </Table>
        </ScrollBox>
      )}
    </Stack>
  );
}
