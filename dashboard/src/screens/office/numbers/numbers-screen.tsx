import { Alert, Code, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NumberView } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { numbersTexts } from '../../../texts/office/numbers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { ScrollBox } from '../../../ui/scroll-box.tsx';
import { useIsCompanyAdmin } from '../admins-only.tsx';
import { useLanguageName } from '../languages.ts';
import { RecordButton } from '../record-button.tsx';
import { useCompany } from '../settings/use-company.ts';
import { useSites } from '../sites/site.ts';
import { NumberDialog } from './number-dialog.tsx';
import classes from './numbers-screen.module.css';

const KEY = ['numbers'];

/** What people dial to reach Aurora, where they are then, and what is spoken there. */
export function NumbersScreen() {
  const { numbers: title } = useTextsOf(frameTexts);
  const texts = useTextsOf(numbersTexts);
  const queries = useQueryClient();
  const isAdmin = useIsCompanyAdmin();
  const company = useCompany();
  const [edited, setEdited] = useState<string>();
  const numbers = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await askSignedIn<{ items: NumberView[] }>('GET', '/api/numbers', { signal })).body.items,
  });
  return (
    <Stack gap="md">
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text maw="46rem">{texts.intro}</Text>
      <Pending of={numbers} />
      {numbers.data?.length === 0 && (
        <Alert color="orange" title={texts.noneTitle}>
          {texts.none}
        </Alert>
      )}
      {numbers.data && numbers.data.length > 0 && (
        <NumbersTable numbers={numbers.data} onEdit={isAdmin ? setEdited : undefined} />
      )}
      <section className={classes.notes}>
        <Title order={2} size="h5">
          {texts.assignTitle}
        </Title>
        <Text size="sm">{texts.assign}</Text>
        <Code block tabIndex={0}>
          {`npm run admin -- number --company ${company.data?.id ?? 'ID'} --number +1555…`}
        </Code>
        <Title order={2} size="h5">
          {texts.testTitle}
        </Title>
        <Text size="sm">{texts.test}</Text>
      </section>
      {edited !== undefined && (
        <NumberDialog
          number={edited}
          onClose={() => setEdited(undefined)}
          onSaved={(saved) => {
            queries.setQueryData<NumberView[]>(KEY, (known) =>
              known?.map((each) => (each.number === saved.number ? saved : each)),
            );
            setEdited(undefined);
            notifications.show({ color: 'teal', message: texts.saved });
          }}
        />
      )}
    </Stack>
  );
}

interface NumbersTableProps {
  numbers: readonly NumberView[];
  onEdit: ((number: string) => void) | undefined;
}

function NumbersTable({ numbers, onEdit }: NumbersTableProps) {
  const texts = useTextsOf(numbersTexts);
  const common = useTextsOf(commonTexts);
  const languageName = useLanguageName();
  const company = useCompany();
  const sites = useSites();
  const siteName = (id: string) => sites.data?.find((site) => site.id === id)?.name ?? id;
  const spoken = (languages: readonly string[]) => languages.map(languageName).join(', ');
  return (
    <ScrollBox label={texts.table}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.number}</Table.Th>
            <Table.Th>{texts.site}</Table.Th>
            <Table.Th>{texts.languages}</Table.Th>
            <Table.Th>{texts.ways}</Table.Th>
            {onEdit && <Table.Th>{common.actions}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {numbers.map(({ number, site_id, languages }) => (
            <Table.Tr key={number}>
              <Table.Th scope="row" className={`numbers ${classes.number}`}>
                {number}
              </Table.Th>
              <Table.Td dir="auto">
                {site_id === null ? (
                  <Text c="dimmed" size="sm">
                    {texts.noSite}
                  </Text>
                ) : (
                  siteName(site_id)
                )}
              </Table.Td>
              <Table.Td>
                {languages ? (
                  spoken(languages)
                ) : (
                  <Text c="dimmed" size="sm">
                    {texts.ofCompany(spoken(company.data?.languages ?? []))}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{texts.voiceAndText}</Table.Td>
              {onEdit && (
                <Table.Td>
                  <RecordButton
                    action={common.edit}
                    of={number}
                    size="compact-sm"
                    onClick={() => onEdit(number)}
                  />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}
