import { Alert, Group, List, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { ApiError } from '../../../api/ask.ts';
import { NotFound } from '../../../app/not-found.tsx';
import { session } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { UrgencyMark } from '../../../ui/urgency-mark.tsx';
import { useLanguageName } from '../languages.ts';
import { Fact, Told } from '../told.tsx';
import { DaysBar, useDays } from './days-bar.tsx';
import { LinkAnchor, LinkButton } from './link-button.tsx';
import { PassageList } from './passage-list.tsx';
import classes from './text-view.module.css';
import { useCard, useManuals, useUsage } from './use-manuals.ts';

/** One card that ships with Aurora. Nobody changes it; a company may put its own in its place. */
export function CardScreen() {
  const { cardId } = useParams({ from: '/office/manuals/cards/$cardId' });
  const search = useSearch({ from: '/office/manuals/cards/$cardId' });
  const navigate = useNavigate({ from: '/office/manuals/cards/$cardId' });
  const texts = useTextsOf(manualsTexts);
  const common = useTextsOf(commonTexts);
  const languageName = useLanguageName();
  const mayWrite = useStore(session, (now) => 'admin' in now && now.admin.role !== 'viewer');
  const days = useDays(search);
  const usage = useUsage(days);
  const own = useManuals().data?.find(({ id }) => id === cardId);
  const found = useCard(cardId);
  const card = found.data;
  if (found.error instanceof ApiError && [400, 404].includes(found.error.status)) {
    return <NotFound />;
  }
  if (!card) return <Pending of={found} />;
  return (
    <Stack gap="md">
      <LinkAnchor to="/office/manuals" search={{ of: 'aurora' }} size="sm">
        {texts.shipped}
      </LinkAnchor>
      <Group>
        <Title order={1} size="h3">
          {card.title}
        </Title>
        <UrgencyMark urgency={card.urgency} />
      </Group>
      <Alert color="blue" role="note">
        {own && own.published_version !== null ? texts.card.replaced : texts.card.about}
      </Alert>
      <Group>
        {own && (
          <LinkButton
            to="/office/manuals/$manualId"
            params={{ manualId: cardId }}
            variant="default"
          >
            {texts.card.openOwn}
          </LinkButton>
        )}
        {mayWrite && !own && (
          <LinkButton to="/office/manuals/new" search={{ card: cardId }}>
            {texts.card.makeOwn}
          </LinkButton>
        )}
      </Group>
      <Told>
        <Fact name={texts.columns.language}>{languageName(card.language)}</Fact>
        <Fact name={texts.card.danger}>{card.danger_to_helpers ? common.yes : common.no}</Fact>
        <Fact name={texts.card.source}>{card.source}</Fact>
        <Fact name={texts.columns.reviewed}>{card.reviewed_by ?? texts.notReviewed}</Fact>
      </Told>
      <DaysBar days={days} onChange={(range) => void navigate({ search: range, replace: true })} />
      {usage.isError && <Text size="sm">{texts.usageMissing}</Text>}
      <PassageList passages={card.passages} language={card.language} usage={usage.data} />
      <Title order={2} size="h4">
        {texts.questions}
      </Title>
      <List>
        {card.questions.map((question) => (
          <List.Item key={question}>{question}</List.Item>
        ))}
      </List>
      <Title order={2} size="h4">
        {texts.card.text}
      </Title>
      <pre className={classes.text} lang={card.language}>
        {card.text}
      </pre>
    </Stack>
  );
}
