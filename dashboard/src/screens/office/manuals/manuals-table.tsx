import { Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Manual } from '../../../api/types.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { plain } from '../../../ui/plain.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { Moment } from '../../../ui/times.tsx';
import { useLanguageName } from '../languages.ts';
import { lastMoment, standingOf } from './standing.ts';
import { StandingMark } from './standing-mark.tsx';
import classes from './table.module.css';
import type { Usage } from './usage.ts';

interface ManualsTableProps {
  manuals: readonly Manual[];
  usage: Usage | undefined;
  /** Whether the one who looks at it may see how often what was spoken. */
  isCounted: boolean;
}

/** A company's own manuals and cards, each with its newest version. */
export function ManualsTable({ manuals, usage, isCounted }: ManualsTableProps) {
  const texts = useTextsOf(manualsTexts);
  const { columns } = texts;
  return (
    <ScrollBox className={classes.scroll} label={texts.table}>
      <Table highlightOnHover verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.title}</Table.Th>
            <Table.Th>{columns.state}</Table.Th>
            <Table.Th>{columns.kind}</Table.Th>
            <Table.Th>{columns.language}</Table.Th>
            <Table.Th>{columns.author}</Table.Th>
            <Table.Th>{columns.approver}</Table.Th>
            <Table.Th>{columns.when}</Table.Th>
            <Table.Th>{columns.passages}</Table.Th>
            {isCounted && <Table.Th>{columns.spoken}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {manuals.map((manual) => (
            <ManualLine key={manual.id} manual={manual} usage={usage} isCounted={isCounted} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}

interface ManualLineProps extends Omit<ManualsTableProps, 'manuals'> {
  manual: Manual;
}

function ManualLine({ manual, usage, isCounted }: ManualLineProps) {
  const texts = useTextsOf(manualsTexts);
  const languageName = useLanguageName();
  const { id, title, kind, language, authors, approved, published_version: heard } = manual;
  return (
    <Table.Tr>
      <Table.Td className={classes.title}>
        <Link
          to="/office/manuals/$manualId"
          params={{ manualId: id }}
          className={classes.link}
          dir="auto"
        >
          {plain(title)}
        </Link>
        <span className={classes.id}>{id}</span>
      </Table.Td>
      <Table.Td>
        <StandingMark standing={standingOf(manual)} />
        {heard !== null && heard !== manual.version && <Text size="xs">{texts.heard(heard)}</Text>}
      </Table.Td>
      <Table.Td>{texts.kinds[kind]}</Table.Td>
      <Table.Td>{languageName(language)}</Table.Td>
      <Table.Td dir="auto">{authors.map(({ name }) => plain(name)).join(', ')}</Table.Td>
      <Table.Td dir="auto">{approved ? plain(approved.name) : texts.nobody}</Table.Td>
      <Table.Td className={classes.when}>
        <Moment at={lastMoment(manual)} withDate />
      </Table.Td>
      <Table.Td className="numbers">{manual.passages}</Table.Td>
      {isCounted && (
        <Table.Td className="numbers">{usage && (usage.ofManual.get(id) ?? 0)}</Table.Td>
      )}
    </Table.Tr>
  );
}
