import { Button, Menu, Paper, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { CallView } from '../../api/types.ts';
import { useColleagues, useNameOf } from '../../live/people.ts';
import { acknowledge, useSeen } from '../../live/seen.ts';
import { useLease } from '../../live/use-lease.ts';
import { session } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { useNow } from '../../ui/now.ts';
import { told } from '../../ui/told.ts';
import { DispatchForm } from './dispatch-form.tsx';
import { EndForm } from './end-form.tsx';
import { Holder, isHeld, LeaseNote } from './holder.tsx';
import { JoinPanel } from './join-panel.tsx';
import { NotesForm } from './notes-form.tsx';
import { ReleaseForm } from './release-form.tsx';
import { SayForm } from './say-form.tsx';
import { UrgencyForm } from './urgency-form.tsx';
import { useAct } from './use-act.ts';

type Opened = 'release' | 'dispatch' | 'urgency' | 'end' | undefined;

/** What somebody may do about a call. Those who only watch see the notes and no button. */
export function Actions({ call }: { call: CallView }) {
  const texts = useTexts();
  const me = useStore(session, (current) => ('admin' in current ? current.admin : undefined));
  const [opened, setOpened] = useState<Opened>();
  const { act, busy } = useAct(call.call_id);
  const close = () => setOpened(undefined);
  const mayAct = me !== undefined && me.role !== 'viewer';
  const isOver = call.status !== 'ACTIVE';
  const isMine = isHeld(call.owner, useNow()) && call.owner.id === me?.id;
  const seen = useSeen();
  const hasSeen = seen.has(call.call_id) || call.acknowledged.some(({ by }) => by === me?.id);
  useLease(call, isMine);
  if (!mayAct) return <NotesForm call={call} readOnly />;
  return (
    <Paper withBorder radius="md" p="md" component="section">
      <Title order={2} size="h5" mb="sm">
        {texts.call.actions}
      </Title>
      <Stack gap="xs">
        {!isOver && (
          <>
            <Button
              variant={hasSeen ? 'default' : 'filled'}
              disabled={hasSeen}
              onClick={() => void acknowledge(call.call_id).catch(told(texts.failure.title))}
            >
              {hasSeen ? texts.call.acknowledged : texts.call.acknowledge}
            </Button>
            {isMine ? (
              <>
                {call.owner && <LeaseNote owner={call.owner} />}
                <SayForm callId={call.call_id} />
                <Button variant="default" onClick={() => setOpened('release')}>
                  {texts.call.release}
                </Button>
                <TransferMenu callId={call.call_id} />
              </>
            ) : (
              <Holder call={call} />
            )}
            {call.medium === 'Voice' && <JoinPanel call={call} />}
            <Button
              variant="default"
              loading={busy === 'page'}
              onClick={() => void act('page', {})}
            >
              {texts.call.page}
            </Button>
            <Button variant="default" onClick={() => setOpened('dispatch')}>
              {texts.call.dispatch}
            </Button>
            <Button variant="default" onClick={() => setOpened('urgency')}>
              {texts.call.urgency}
            </Button>
            <Button variant="light" color="red" onClick={() => setOpened('end')}>
              {texts.call.end}
            </Button>
          </>
        )}
        <NotesForm call={call} />
      </Stack>
      <ReleaseForm callId={call.call_id} opened={opened === 'release'} onClose={close} />
      <DispatchForm callId={call.call_id} opened={opened === 'dispatch'} onClose={close} />
      <UrgencyForm call={call} opened={opened === 'urgency'} onClose={close} />
      <EndForm call={call} opened={opened === 'end'} onClose={close} />
    </Paper>
  );
}

function TransferMenu({ callId }: { callId: string }) {
  const { call: texts } = useTexts();
  const { act, busy } = useAct(callId);
  const nameOf = useNameOf();
  const me = useStore(session, (current) => ('admin' in current ? current.admin.id : undefined));
  const others = useColleagues().filter(({ id, role }) => id !== me && role !== 'viewer');
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" loading={busy === 'transfer'} disabled={others.length === 0}>
          {texts.transfer}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ id }) => (
          <Menu.Item key={id} onClick={() => void act('transfer', { to: id })}>
            {nameOf(id)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
