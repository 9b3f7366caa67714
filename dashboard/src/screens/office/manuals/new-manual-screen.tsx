import { Alert, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { session } from '../../../session/session.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { manualWritingTexts } from '../../../texts/office/manual-writing.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { Editor } from './editor.tsx';
import { LinkAnchor } from './link-button.tsx';
import classes from './manual-screen.module.css';
import { QuestionPlace } from './question-place.tsx';
import { CARD_TEMPLATE, GUIDE_TEMPLATE, guideAbout, manualIdIn, ownFrom } from './templates.ts';
import { useCard, useCards, useManuals } from './use-manuals.ts';
import { useWriting } from './use-writing.ts';

/** In the address in place of a card that ships: the bare form of a card. */
const EMPTY_CARD = 'new';

/** A new manual or card: written here, or taken from a file. */
export function NewManualScreen() {
  const texts = useTextsOf(manualsTexts);
  const writingTexts = useTextsOf(manualWritingTexts);
  const { obstacles } = useTextsOf(manualTexts);
  const { question, card } = useSearch({ from: '/office/manuals/new' });
  const navigate = useNavigate({ from: '/office/manuals/new' });
  const isViewer = useStore(session, (now) => 'admin' in now && now.admin.role === 'viewer');
  const shipped = useCards().data ?? [];
  const chosen = useCard(card === EMPTY_CARD ? undefined : card);
  const isReady = card === undefined || card === EMPTY_CARD || chosen.data !== undefined;
  return (
    <Stack gap="md">
      <LinkAnchor to="/office/manuals" size="sm">
        {texts.title}
      </LinkAnchor>
      <Title order={1} size="h3">
        {writingTexts.title}
      </Title>
      <Text size="sm" c="dimmed">
        {writingTexts.intro}
      </Text>
      {isViewer ? (
        <Alert color="blue" role="note">
          {obstacles.viewer}
        </Alert>
      ) : (
        <>
          {question === undefined ? (
            <NativeSelect
              className={classes.choice}
              label={writingTexts.begin}
              value={card ?? ''}
              onChange={({ currentTarget }) =>
                void navigate({ search: { card: currentTarget.value || undefined }, replace: true })
              }
              data={[
                {
                  group: writingTexts.ownGroup,
                  items: [
                    { value: '', label: writingTexts.templates.guide },
                    { value: EMPTY_CARD, label: writingTexts.templates.card },
                  ],
                },
                {
                  group: writingTexts.shippedGroup,
                  items: shipped.map(({ id, title }) => ({ value: id, label: title })),
                },
              ]}
            />
          ) : (
            <QuestionPlace question={question} />
          )}
          {isReady ? (
            <NewText
              key={`${card} ${question}`}
              draftKey={`new ${card ?? ''} ${question ?? ''}`}
              begin={beginning(card, chosen.data?.text, question)}
            />
          ) : (
            <Pending of={chosen} />
          )}
        </>
      )}
    </Stack>
  );
}

function beginning(
  card: string | undefined,
  shipped: string | undefined,
  question: string | undefined,
): string {
  if (question !== undefined) return guideAbout(question);
  if (card === undefined) return GUIDE_TEMPLATE;
  return card === EMPTY_CARD ? CARD_TEMPLATE : ownFrom(shipped ?? '');
}

function NewText({ draftKey, begin }: { draftKey: string; begin: string }) {
  const texts = useTextsOf(manualWritingTexts);
  const navigate = useNavigate();
  const writing = useWriting(draftKey, { text: begin });
  const id = manualIdIn(writing.text);
  const known = useManuals().data?.find((manual) => manual.id === id);
  return (
    <Editor
      writing={writing}
      untouched={begin}
      onSaved={(manual) =>
        void navigate({ to: '/office/manuals/$manualId', params: { manualId: manual.id } })
      }
    >
      {known && (
        <Text size="sm" role="status">
          {texts.exists(known.id)}{' '}
          <LinkAnchor to="/office/manuals/$manualId" params={{ manualId: known.id }} size="sm">
            {texts.openIt}
          </LinkAnchor>
        </Text>
      )}
    </Editor>
  );
}
