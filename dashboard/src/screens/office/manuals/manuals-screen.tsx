import { Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { session } from '../../../session/session.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { CardsTable } from './cards-table.tsx';
import { DaysBar, useDays } from './days-bar.tsx';
import { filtered } from './filtering.ts';
import { LinkButton } from './link-button.tsx';
import { ManualsFilterBar } from './manuals-filter-bar.tsx';
import { ManualsTable } from './manuals-table.tsx';
import { useCards, useManuals, useMaySeeUsage, useUsage } from './use-manuals.ts';

/** All that Aurora may say: what the company wrote, and the cards that ship. */
export function ManualsScreen() {
  const texts = useTextsOf(manualsTexts);
  const search = useSearch({ from: '/office/manuals' });
  const navigate = useNavigate({ from: '/office/manuals' });
  const mayWrite = useStore(session, (now) => 'admin' in now && now.admin.role !== 'viewer');
  const manuals = useManuals();
  const cards = useCards();
  const days = useDays(search);
  const usage = useUsage(days);
  const maySeeUsage = useMaySeeUsage();
  const own = manuals.data ?? [];
  const shown = filtered(own, search);
  const published = own.filter(({ published_version }) => published_version !== null);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3">
          {texts.title}
        </Title>
        <Group gap="sm">
          {maySeeUsage && (
            <LinkButton to="/office/manuals/unanswered" variant="default">
              {texts.unanswered}
            </LinkButton>
          )}
          {mayWrite && <LinkButton to="/office/manuals/new">{texts.write}</LinkButton>}
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {texts.intro}
      </Text>
      <DaysBar
        days={days}
        onChange={(range) =>
          void navigate({ search: (known) => ({ ...known, ...range }), replace: true })
        }
      />
      {usage.isError && <Text size="sm">{texts.usageMissing}</Text>}
      <Tabs
        value={search.of ?? 'own'}
        onChange={(value) =>
          void navigate({
            search: (known) => ({ ...known, of: value === 'aurora' ? 'aurora' : undefined }),
            replace: true,
          })
        }
      >
        <Tabs.List>
          <Tabs.Tab value="own">
            {texts.own}
            {manuals.data && ` (${texts.count(shown.length, own.length)})`}
          </Tabs.Tab>
          <Tabs.Tab value="aurora">
            {texts.shipped}
            {cards.data && ` (${cards.data.length})`}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="own" pt="md">
          <Stack gap="md">
            <Pending of={manuals} />
            {manuals.isSuccess && own.length === 0 && <Text py="xl">{texts.noneYet}</Text>}
            {own.length > 0 && (
              <>
                <ManualsFilterBar manuals={own} search={search} />
                {shown.length === 0 ? (
                  <Text py="xl">{texts.noneFound}</Text>
                ) : (
                  <ManualsTable manuals={shown} usage={usage.data} isCounted={maySeeUsage} />
                )}
              </>
            )}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="aurora" pt="md">
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              {texts.spokenOfCard}
            </Text>
            <Pending of={cards} />
            {cards.data && (
              <CardsTable
                cards={cards.data}
                usage={usage.data}
                isCounted={maySeeUsage}
                replaced={new Set(published.map(({ id }) => id))}
              />
            )}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
