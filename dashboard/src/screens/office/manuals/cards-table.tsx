import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { CardView } from '../../../api/types.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { UrgencyMark } from '../../../ui/urgency-mark.tsx';
import { useLanguageName } from '../languages.ts';
import classes from './table.module.css';
import type { Usage } from './usage.ts';

interface CardsTableProps {
  cards: readonly CardView[];
  usage: Usage | undefined;
  /** Whether the one who looks at it may see how often what was spoken. */
  isCounted: boolean;
  /** Ids of cards in whose place the company has published its own. */
  replaced: ReadonlySet<string>;
}

/** The cards that ship with Aurora. */
export function CardsTable({ cards, usage, isCounted, replaced }: CardsTableProps) {
  const texts = useTextsOf(manualsTexts);
  const languageName = useLanguageName();
  const { columns } = texts;
  return (
    <ScrollBox className={classes.scroll} label={texts.shipped}>
      <Table highlightOnHover verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.title}</Table.Th>
            <Table.Th>{columns.urgency}</Table.Th>
            <Table.Th>{columns.language}</Table.Th>
            <Table.Th>{columns.inForce}</Table.Th>
            <Table.Th>{columns.reviewed}</Table.Th>
            <Table.Th>{columns.passages}</Table.Th>
            {isCounted && <Table.Th>{columns.spoken}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cards.map((card) => (
            <Table.Tr key={card.id}>
              <Table.Td className={classes.title}>
                <Link
                  to="/office/manuals/cards/$cardId"
                  params={{ cardId: card.id }}
                  className={classes.link}
                >
                  {card.title}
                </Link>
                <span className={classes.id}>{card.id}</span>
              </Table.Td>
              <Table.Td>
                <UrgencyMark urgency={card.urgency} />
              </Table.Td>
              <Table.Td>{languageName(card.language)}</Table.Td>
              <Table.Td>{replaced.has(card.id) ? texts.ownInstead : texts.thisCard}</Table.Td>
              <Table.Td>{card.reviewed_by ?? texts.notReviewed}</Table.Td>
              <Table.Td className="numbers">{card.passages}</Table.Td>
              {isCounted && (
                <Table.Td className="numbers">
                  {usage && (usage.ofManual.get(card.id) ?? 0)}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}
