import { ActionIcon, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ManualText, Tried } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { useTexts } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { told } from '../../../ui/told.ts';
import { useExamples } from './examples.ts';
import { TriedReply } from './tried-reply.tsx';
import classes from './try-panel.module.css';

interface Attempt {
  words: string;
  newest: Tried;
  published: Tried;
}

const LONGEST = 1_000;

/** Words of a caller, tried with the newest version and beside it with what callers hear now. */
export function TryPanel({ manual, companyId }: { manual: ManualText; companyId: string }) {
  const { trying } = useTextsOf(manualTexts);
  const { failure } = useTexts();
  const [words, setWords] = useState('');
  const [attempts, setAttempts] = useState<readonly Attempt[]>([]);
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const { examples, add, remove } = useExamples(companyId, manual.id);

  async function tryAll(all: readonly string[]): Promise<void> {
    setBusy(true);
    setAttempts([]);
    try {
      for (const each of all) {
        // As a query it is asked once more where no answer comes: nothing is changed by it.
        const attempt = await client.fetchQuery({
          queryKey: ['try', manual.id, each],
          staleTime: 0,
          queryFn: () => tryOut(manual.id, each),
        });
        setAttempts((done) => [...done, attempt]);
      }
    } catch (error) {
      told(failure.title)(error);
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (words.trim() !== '') void tryAll([words]);
  }

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {trying.hint}
        {manual.status === 'published' && ` ${trying.isPublished}`}
      </Text>
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          className={classes.words}
          label={trying.words}
          maxLength={LONGEST}
          value={words}
          dir="auto"
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {trying.go}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            add(words);
            setWords('');
          }}
          disabled={words.trim() === ''}
        >
          {trying.keep}
        </Button>
      </form>
      <section aria-labelledby="examples">
        <Group mb="xs">
          <Title order={2} size="h5" id="examples">
            {trying.examples}
          </Title>
          {examples.length > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              onClick={() => void tryAll(examples)}
            >
              {trying.all}
            </Button>
          )}
        </Group>
        {examples.length === 0 && <Text size="sm">{trying.none}</Text>}
        <ul className={classes.examples}>
          {examples.map((example) => (
            <li key={example}>
              <Button
                variant="subtle"
                size="compact-md"
                className={classes.example ?? ''}
                aria-label={trying.tryOne(example)}
                disabled={busy}
                onClick={() => void tryAll([example])}
              >
                <span dir="auto">{example}</span>
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={trying.remove(example)}
                onClick={() => remove(example)}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      </section>
      <div role="status">
        {attempts.map((attempt) => (
          <AttemptView key={attempt.words} attempt={attempt} manual={manual} />
        ))}
      </div>
    </Stack>
  );
}

function AttemptView({ attempt, manual }: { attempt: Attempt; manual: ManualText }) {
  const { trying } = useTextsOf(manualTexts);
  const { words, newest, published } = attempt;
  return (
    <article className={classes.attempt}>
      <Title order={2} size="h5" dir="auto">
        “{words}”
      </Title>
      <Text size="sm">{newest.words === published.words ? trying.same : trying.other}</Text>
      <div className={classes.sides}>
        <section aria-label={trying.newest(manual.version)}>
          <Title order={3} size="h6" mb="xs">
            {trying.newest(manual.version)}
          </Title>
          <TriedReply tried={newest} language={manual.language} />
        </section>
        <section aria-label={trying.now}>
          <Title order={3} size="h6" mb="xs">
            {trying.now}
          </Title>
          <TriedReply tried={published} language={manual.language} />
        </section>
      </div>
    </article>
  );
}

async function tryOut(manualId: string, words: string): Promise<Attempt> {
  const path = `/api/manuals/${manualId}/try`;
  const { body } = await askSignedIn<Omit<Attempt, 'words'>>('POST', path, {
    body: { text: words },
  });
  return { words, ...body };
}
