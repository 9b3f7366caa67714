import { Blockquote, Button, Loader, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { Message, SpokenPassage } from '../../api/types.ts';
import { askSignedIn } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import classes from './sources.module.css';

type Cited = NonNullable<NonNullable<Message['grounding']>['passages']>[number];

/** What a reply rests on; a press opens the words that somebody has reviewed. */
export function Sources({ message }: { message: Message }) {
  const { call, live } = useTexts();
  const [opened, setOpened] = useState(false);
  const { sources, grounding } = message;
  const passages = grounding?.passages ?? [];
  if (sources === '' && passages.length === 0) return null;
  const rung = grounding && ` · ${live.rung[grounding.rung]}`;
  if (passages.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {call.source}: {sources}
        {rung}
      </Text>
    );
  }
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        className={classes.open}
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        {call.source}: {sources || passages.map(({ id }) => id).join(', ')}
        {rung}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={call.passages} size="lg">
        <Passages cited={passages} />
      </Dialog>
    </>
  );
}

/** Words that were spoken once do not change. */
const FOREVER = Number.POSITIVE_INFINITY;

function Passages({ cited }: { cited: readonly Cited[] }) {
  const found = useQueries({
    queries: cited.map(({ id, version, hash }) => ({
      queryKey: ['passage', id, version, hash],
      staleTime: FOREVER,
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const path = `/api/passages/${encodeURIComponent(id)}?version=${version}&hash=${hash}`;
        return (await askSignedIn<SpokenPassage>('GET', path, { signal })).body;
      },
    })),
  });
  return (
    <Stack gap="lg">
      {cited.map((passage, at) => (
        <Passage key={passage.id} cited={passage} found={found[at]} />
      ))}
    </Stack>
  );
}

interface PassageProps {
  cited: Cited;
  found: { data?: SpokenPassage | undefined; isError: boolean } | undefined;
}

function Passage({ cited, found }: PassageProps) {
  const { call } = useTexts();
  if (found?.isError) return <Text c="dimmed">{call.passageGone(cited.id)}</Text>;
  const passage = found?.data;
  if (!passage) return <Loader size="sm" />;
  const text = passage.text.replaceAll('{emergency_number}', call.emergencyNumber);
  return (
    <section aria-label={`${passage.title}, ${passage.id}`}>
      <Text fw={700}>{passage.title}</Text>
      {passage.question !== '' && <Text fs="italic">{passage.question}</Text>}
      <Blockquote
        className={classes.words}
        p="sm"
        my="xs"
        cite={`${passage.id} · ${call.version(passage.version)}`}
      >
        <span lang={passage.language} dir="auto">
          {text}
        </span>
      </Blockquote>
      <Text size="sm" c="dimmed">
        {passage.reviewed_by === null ? call.notReviewed : call.reviewedBy(passage.reviewed_by)}
      </Text>
      <Text size="sm" c="dimmed">
        {passage.origin === 'company' ? call.ofCompany : call.shipped} · {passage.source}
      </Text>
    </section>
  );
}
