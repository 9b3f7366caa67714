import { Alert, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useStore } from 'zustand';
import { ApiError } from '../../../api/ask.ts';
import type { ManualText, Person } from '../../../api/types.ts';
import { session } from '../../../session/session.ts';
import { manualTexts } from '../../../texts/office/manual.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { plain } from '../../../ui/plain.ts';
import { LinkAnchor } from './link-button.tsx';
import { ManualDeeds } from './manual-deeds.tsx';
import { ManualFacts } from './manual-head.tsx';
import classes from './manual-screen.module.css';
import { ManualTabs } from './manual-tabs.tsx';
import { standingOf } from './standing.ts';
import { StandingMark } from './standing-mark.tsx';
import { useManual } from './use-manuals.ts';

/** One manual: what of it can be spoken, where it stands, and what can be done with it. */
export function ManualScreen() {
  const { manualId } = useParams({ from: '/office/manuals/$manualId' });
  const texts = useTextsOf(manualsTexts);
  const { gone } = useTextsOf(manualTexts);
  const person = useStore(session, (now) => ('admin' in now ? now.admin : undefined));
  const found = useManual(manualId);
  const isGone = found.error instanceof ApiError && [400, 404].includes(found.error.status);
  return (
    <Stack gap="md">
      <LinkAnchor to="/office/manuals" size="sm">
        {texts.title}
      </LinkAnchor>
      {found.data && person && (
        <OneManual
          key={manualId}
          newest={found.data.manual}
          etag={found.data.etag}
          person={person}
        />
      )}
      {isGone && (
        <>
          <Title order={1} size="h3">
            {texts.title}
          </Title>
          <Text>{gone}</Text>
        </>
      )}
      {!found.data && !isGone && <Pending of={found} />}
    </Stack>
  );
}

interface OneManualProps {
  newest: ManualText;
  etag: string | undefined;
  person: Person;
}

function OneManual({ newest, etag, person }: OneManualProps) {
  const texts = useTextsOf(manualTexts);
  const { version } = useSearch({ from: '/office/manuals/$manualId' });
  /** Of the text that this person has before them: what is approved is this one, or nothing. */
  const [read, setRead] = useState(newest.hash);
  const older = useManual(newest.id, version ?? newest.version);
  const isOlder = version !== undefined && version !== newest.version;
  const shown = isOlder ? older.data?.manual : newest;
  const lastAuthor = newest.authors.at(-1);
  const isChanged = newest.hash !== read && lastAuthor?.id !== person.id;
  const standing = standingOf(newest);
  const { published_version: heard } = newest;
  return (
    <>
      <Group>
        <Title order={1} size="h3" dir="auto">
          {plain(newest.title)}
        </Title>
        <StandingMark standing={standing} />
      </Group>
      <Alert color="blue" role="note">
        {texts.meaning[standing]}
        {heard !== null && heard !== newest.version && ` ${texts.stillHeard(heard)}`}
      </Alert>
      {isChanged && (
        <Alert color="orange" role="alert">
          <Group justify="space-between">
            <Text size="sm">{texts.changed(plain(lastAuthor?.name ?? ''))}</Text>
            <Button size="compact-md" variant="default" onClick={() => setRead(newest.hash)}>
              {texts.readAgain}
            </Button>
          </Group>
        </Alert>
      )}
      <ManualDeeds manual={newest} etag={etag} read={read} person={person} />
      <VersionChoice newest={newest} shown={version ?? newest.version} />
      {shown ? (
        <>
          <ManualFacts manual={shown} />
          <ManualTabs newest={newest} etag={etag} shown={shown} person={person} />
        </>
      ) : (
        <Pending of={older} />
      )}
    </>
  );
}

function VersionChoice({ newest, shown }: { newest: ManualText; shown: number }) {
  const texts = useTextsOf(manualTexts);
  const navigate = useNavigate({ from: '/office/manuals/$manualId' });
  if (newest.version === 1) return null;
  const all = Array.from({ length: newest.version }, (_, at) => newest.version - at);
  return (
    <NativeSelect
      className={classes.choice}
      label={texts.shown}
      value={String(shown)}
      data={all.map((version) => {
        const named = version === newest.version ? texts.newest(version) : texts.version(version);
        const isHeard = version === newest.published_version;
        return { value: String(version), label: isHeard ? `${named} (${texts.isHeard})` : named };
      })}
      onChange={({ currentTarget }) => {
        const version = Number(currentTarget.value);
        void navigate({
          search: (known) => ({
            ...known,
            edit: undefined,
            version: version === newest.version ? undefined : version,
          }),
          replace: true,
        });
      }}
    />
  );
}
