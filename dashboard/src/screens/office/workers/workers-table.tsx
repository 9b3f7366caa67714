import { ActionIcon, Group, Menu, Table } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { commonTexts } from '../../../texts/office/common.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { RecordButton } from '../record-button.tsx';
import { useNames } from './use-names.ts';
import type { Worker } from './worker.ts';
import classes from './workers-table.module.css';

export type Act = 'edit' | 'data' | 'remove';

interface WorkersTableProps {
  workers: readonly Worker[];
  /** Absent for those who may only look. */
  onAct?: ((act: Act, worker: Worker) => void) | undefined;
}

export function WorkersTable({ workers, onAct }: WorkersTableProps) {
  const texts = useTextsOf(workersTexts);
  const common = useTextsOf(commonTexts);
  const { nameOf } = useNames();
  return (
    <ScrollBox label={texts.table}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.name}</Table.Th>
            <Table.Th>{texts.number}</Table.Th>
            <Table.Th>{texts.site}</Table.Th>
            <Table.Th>{texts.supervisor}</Table.Th>
            <Table.Th>{texts.language}</Table.Th>
            <Table.Th>{common.actions}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workers.map((worker) => (
            <Table.Tr key={worker.id}>
              <Table.Th scope="row" className={classes.name} dir="auto">
                {plain(worker.name)}
              </Table.Th>
              <Table.Td className={classes.number}>{worker.mobile_no}</Table.Td>
              <Table.Td dir="auto">{plain(nameOf('site_id', worker.site_id ?? ''))}</Table.Td>
              <Table.Td dir="auto">{plain(nameOf('admin_id', worker.admin_id ?? ''))}</Table.Td>
              <Table.Td>{nameOf('language', worker.language ?? '')}</Table.Td>
              <Table.Td>
                <Actions worker={worker} onAct={onAct} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

function Actions({ worker, onAct }: { worker: Worker } & Pick<WorkersTableProps, 'onAct'>) {
  const texts = useTextsOf(workersTexts);
  const common = useTextsOf(commonTexts);
  const name = plain(worker.name);
  const search = { worker_id: worker.id };
  if (!onAct) {
    return (
      <Link to="/history" search={search} aria-label={common.of(texts.calls, name)}>
        {texts.calls}
      </Link>
    );
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <RecordButton action={common.edit} of={name} onClick={() => onAct('edit', worker)} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={28} aria-label={common.of(texts.more, name)}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item renderRoot={(props) => <Link to="/history" search={search} {...props} />}>
            {texts.calls}
          </Menu.Item>
          <Menu.Item onClick={() => onAct('data', worker)}>{texts.data}</Menu.Item>
          <Menu.Item color="red" onClick={() => onAct('remove', worker)}>
            {common.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
