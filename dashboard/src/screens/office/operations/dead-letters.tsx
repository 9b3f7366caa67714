import { Code, Text } from '@mantine/core';
import type { Operations } from '../../../api/types.ts';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Moment } from '../../../ui/times.tsx';
import { DataTable } from '../insights/data-table.tsx';
import { PlainCard } from './area-card.tsx';

const COMMANDS = `npm run dead-letters -- list
npm run dead-letters -- show ID
npm run dead-letters -- replay all`;

/** What could not be brought home, by what stood in its way, and how it is replayed. */
export function DeadLetters({ letters }: { letters: Operations['dead_letters'] }) {
  const texts = useTextsOf(operationsTexts);
  return (
    <PlainCard title={texts.letters} lead={texts.lettersLead}>
      {letters === null && <Text size="sm">{texts.lettersUnknown}</Text>}
      {letters?.total === 0 && <Text size="sm">{texts.noLetters}</Text>}
      {letters !== null && letters.total > 0 && (
        <>
          <DataTable
            label={texts.rows(texts.letters)}
            columns={[
              { name: texts.reason },
              { name: texts.count, isNumber: true },
              { name: texts.oldest },
            ]}
            rows={letters.kinds.map(({ reason, count, oldest_at }) => ({
              key: reason,
              cells: [
                reason,
                count,
                oldest_at && <Moment key="at" at={local(oldest_at)} withDate />,
              ],
            }))}
          />
          <Text size="sm">{texts.replay}</Text>
          <Code block>{COMMANDS}</Code>
        </>
      )}
    </PlainCard>
  );
}

/** With the viewer's own offset: an installation has no zone of its own. */
export function local(iso: string): string {
  const at = new Date(iso);
  const east = -at.getTimezoneOffset();
  const sign = east < 0 ? '-' : '+';
  const two = (number: number) => String(Math.trunc(number)).padStart(2, '0');
  const there = new Date(at.getTime() + east * 60_000).toISOString().slice(0, 19);
  return `${there}${sign}${two(Math.abs(east) / 60)}:${two(Math.abs(east) % 60)}`;
}
