import { Group, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { RecordButton } from '../record-button.tsx';

interface EntryRowProps {
  className?: string | undefined;
  /** In short, for the names of the buttons. */
  name: string;
  readOnly: boolean;
  onEdit: () => void;
  onRemove: () => void;
  /** The cells before the one with the buttons. */
  children: ReactNode;
}

export function EntryRow(props: EntryRowProps) {
  const { className, name, readOnly, onEdit, onRemove, children } = props;
  const common = useTextsOf(commonTexts);
  return (
    <Table.Tr className={className}>
      {children}
      {!readOnly && (
        <Table.Td>
          <Group gap="xs" wrap="nowrap">
            <RecordButton action={common.edit} of={name} size="compact-sm" onClick={onEdit} />
            <RecordButton action={common.remove} of={name} size="compact-sm" onClick={onRemove} />
          </Group>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
