import { Group, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ManualText, ManualVersion } from '../../../api/types.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { plain } from '../../../ui/plain.ts';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { ComparisonView } from './comparison-view.tsx';
import { LinkAnchor } from './link-button.tsx';
import { By } from './manual-head.tsx';
import { standingOf } from './standing.ts';
import { StandingMark } from './standing-mark.tsx';
import classes from './table.module.css';
import { useVersions } from './use-manuals.ts';

/** All versions of a manual with their fates, and any two of them side by side. */
export function VersionsPanel({ newest }: { newest: ManualText }) {
  const { comparing, versions: title } = useTextsOf(manualTexts);
  const versions = useVersions(newest.id);
  const search = useSearch({ from: '/office/manuals/$manualId' });
  const navigate = useNavigate({ from: '/office/manuals/$manualId' });
  const after = search.after ?? newest.version;
  const before = search.before ?? usualBefore(newest);
  if (!versions.data) return <Pending of={versions} />;
  const numbers = versions.data.map(({ version }) => String(version));
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {title}
      </Title>
      <VersionsTable manualId={newest.id} versions={versions.data} />
      <Title order={2} size="h4">
        {comparing.title}
      </Title>
      {versions.data.length < 2 ? (
        <Text>{comparing.none}</Text>
      ) : (
        <>
          <Group>
            <NativeSelect
              label={comparing.before}
              value={String(before)}
              data={numbers}
              onChange={({ currentTarget }) =>
                void navigate({
                  search: (known) => ({ ...known, before: Number(currentTarget.value) }),
                  replace: true,
                })
              }
            />
            <NativeSelect
              label={comparing.after}
              value={String(after)}
              data={numbers}
              onChange={({ currentTarget }) =>
                void navigate({
                  search: (known) => ({ ...known, after: Number(currentTarget.value) }),
                  replace: true,
                })
              }
            />
          </Group>
          <ComparisonView manualId={newest.id} before={before} after={after} />
        </>
      )}
    </Stack>
  );
}

/** What callers hear, or where that is the newest itself, the one before. */
function usualBefore({ version, published_version: heard }: ManualText): number {
  return heard !== null && heard !== version ? heard : Math.max(1, version - 1);
}

interface VersionsTableProps {
  manualId: string;
  versions: readonly ManualVersion[];
}

function VersionsTable({ manualId, versions }: VersionsTableProps) {
  const { version: named, facts, versions: title } = useTextsOf(manualTexts);
  const { columns } = useTextsOf(manualsTexts);
  return (
    <ScrollBox className={classes.scroll} label={title}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.title}</Table.Th>
            <Table.Th>{columns.state}</Table.Th>
            <Table.Th>{facts.written}</Table.Th>
            <Table.Th>{facts.approved}</Table.Th>
            <Table.Th>{facts.published}</Table.Th>
            <Table.Th>{facts.withdrawn}</Table.Th>
            <Table.Th>{columns.passages}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((version) => (
            <Table.Tr key={version.version}>
              <Table.Td className={classes.title}>
                <LinkAnchor
                  to="/office/manuals/$manualId"
                  params={{ manualId }}
                  search={{ tab: 'text', version: version.version }}
                >
                  {named(version.version)}
                </LinkAnchor>
                <span className={classes.id} dir="auto">
                  {plain(version.title)}
                </span>
              </Table.Td>
              <Table.Td>
                <StandingMark standing={standingOf(version)} />
              </Table.Td>
              <Table.Td>
                {version.authors.map((author) => (
                  <By key={author.id} deed={author} />
                ))}
              </Table.Td>
              <Table.Td>{version.approved && <By deed={version.approved} />}</Table.Td>
              <Table.Td>{version.published && <By deed={version.published} />}</Table.Td>
              <Table.Td>
                {version.withdrawn && (
                  <>
                    <By deed={version.withdrawn} />
                    <q dir="auto">{plain(version.withdrawn.reason)}</q>
                  </>
                )}
              </Table.Td>
              <Table.Td className="numbers">{version.passages}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}
