import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { CallView, FinalAction } from '../../api/types.ts';
import { useTexts } from '../../texts/texts.ts';
import { clockOf } from '../../ui/duration.ts';
import { wordsOf } from '../../ui/fact-words.ts';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Moment } from '../../ui/times.tsx';
import { UrgencyMark } from '../../ui/urgency-mark.tsx';
import { CallerName } from '../live/call-row.tsx';
import classes from './calls-table.module.css';

export function CallsTable({ calls }: { calls: readonly CallView[] }) {
  const { history } = useTexts();
  const { columns } = history;
  return (
    <ScrollBox label={history.table}>
      <Table highlightOnHover verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.when}</Table.Th>
            <Table.Th>{columns.urgency}</Table.Th>
            <Table.Th>{columns.caller}</Table.Th>
            <Table.Th>{columns.incident}</Table.Th>
            <Table.Th>{columns.duration}</Table.Th>
            <Table.Th>{columns.outcome}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {calls.map((call) => (
            <CallLine key={call.call_id} call={call} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

function CallLine({ call }: { call: CallView }) {
  const { call: texts } = useTexts();
  const { where, hazard } = call.facts;
  const outcome = call.final_action as FinalAction | null;
  return (
    <Table.Tr>
      <Table.Td className={classes.when}>
        <Link to="/calls/$callId" params={{ callId: call.call_id }} className={classes.link}>
          <Moment at={call.timestamp} withDate />
        </Link>
      </Table.Td>
      <Table.Td>
        <UrgencyMark urgency={call.urgency} />
      </Table.Td>
      <Table.Td>
        <CallerName call={call} />
      </Table.Td>
      <Table.Td dir="auto">
        {[hazard && wordsOf('hazard', hazard.value), where && wordsOf('where', where.value)]
          .filter(Boolean)
          .join(' · ')}
      </Table.Td>
      <Table.Td className="numbers">
        {call.duration_seconds === null ? '' : clockOf(call.duration_seconds * 1_000)}
      </Table.Td>
      <Table.Td>{outcome ? (texts.actionsOf[outcome] ?? outcome) : ''}</Table.Td>
    </Table.Tr>
  );
}
