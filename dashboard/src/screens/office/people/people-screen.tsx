import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { frameTexts } from '../../../texts/office/frame.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Pending } from '../../../ui/pending.tsx';
import { AdminsOnly } from '../admins-only.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { type Act, PeopleList } from './people-list.tsx';
import { StandingDialog } from './standing-dialog.tsx';
import { SUPERVISORS, type Supervisor, useSupervisors } from './supervisor.ts';

export function PeopleScreen() {
  const { people: title } = useTextsOf(frameTexts);
  return (
    <AdminsOnly title={title}>
      <People />
    </AdminsOnly>
  );
}

/** Who may sign in for the company. */
function People() {
  const { people: title } = useTextsOf(frameTexts);
  const texts = useTextsOf(peopleTexts);
  const { open } = useSearch({ from: '/office/people' });
  const navigate = useNavigate({ from: '/office/people' });
  const [isInviting, setInviting] = useState(false);
  const [doing, setDoing] = useState<{ act: Act; person: Supervisor }>();
  const heading = useRef<HTMLHeadingElement>(null);
  const queries = useQueryClient();
  const people = useSupervisors();
  const opened = people.data?.find(({ id }) => id === open);

  async function refresh(): Promise<void> {
    const keys = [SUPERVISORS, ['colleagues'], ['people and keys']];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  }

  async function done(act: Act): Promise<void> {
    await refresh();
    // The button that asked for it is gone.
    if (act === 'remove') heading.current?.focus();
  }

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        <Button onClick={() => setInviting(true)}>{texts.invite}</Button>
      </Group>
      <Text size="sm" c="dimmed">
        {texts.about}
      </Text>
      <Pending of={people} />
      {people.data && (
        <PeopleList
          people={people.data}
          onEdit={({ id }) => void navigate({ search: { open: id } })}
          onAct={(act, person) => setDoing({ act, person })}
        />
      )}
      <InviteDialog
        opened={isInviting}
        onClose={() => setInviting(false)}
        onInvited={() => void refresh()}
      />
      <EditDialog
        person={opened}
        onClose={() => void navigate({ search: {}, replace: true })}
        onSaved={() => void refresh()}
      />
      <LinkDialog
        person={doing?.act === 'link' ? doing.person : undefined}
        onClose={() => setDoing(undefined)}
      />
      <StandingDialog
        doing={doing?.act === 'link' ? undefined : doing}
        onClose={() => setDoing(undefined)}
        onDone={done}
      />
    </Stack>
  );
}
