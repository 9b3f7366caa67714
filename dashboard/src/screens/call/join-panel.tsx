import { Button, Group, Menu, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { CallView, JoinView } from '../../api/types.ts';
import { useNameOf } from '../../live/people.ts';
import { askSignedIn, session } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { useAct } from './use-act.ts';

type Leg = JoinView['legs'][number];

const MODES = ['speak', 'listen', 'whisper'] as const;

/** Milliseconds: while a phone rings, what it does is on no stream. */
const LOOK_EVERY = 2_000;

const isThere = ({ state }: Leg) => state !== 'left' && state !== 'failed';

/** My own phone, joined with the caller; and whose else is. */
export function JoinPanel({ call }: { call: CallView }) {
  const { call: texts } = useTexts();
  const nameOf = useNameOf();
  const queries = useQueryClient();
  const { act, busy } = useAct(call.call_id);
  const me = useStore(session, (current) => ('admin' in current ? current.admin.id : undefined));
  const queryKey = ['join', call.call_id];
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await askSignedIn<JoinView>('GET', `/api/call/${call.call_id}/join`, { signal })).body,
    refetchInterval: ({ state }) => (state.data?.legs.some(isThere) ? LOOK_EVERY : false),
  });
  const steps = call.timeline.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step may be one of these legs
  useEffect(() => void queries.invalidateQueries({ queryKey: ['join', call.call_id] }), [steps]);

  async function change(action: string, body: unknown): Promise<void> {
    await act(action, body);
    await queries.invalidateQueries({ queryKey });
  }

  const legs = data?.legs ?? [];
  const mine = legs.filter(({ admin_id }) => admin_id === me).at(-1);
  const others = legs.filter((leg) => leg.admin_id !== me && isThere(leg));
  return (
    <Stack gap="xs">
      {others.map((leg) => (
        <Text key={leg.id} size="sm">
          {texts.legOf(nameOf(leg.admin_id), texts.legStates[leg.state], texts.joinModes[leg.mode])}
        </Text>
      ))}
      {mine && isThere(mine) ? (
        <>
          <Text size="sm" fw={600} role="status">
            {mine.state === 'joined'
              ? texts.youAreJoined(texts.joinModes[mine.mode])
              : texts.yourPhone[mine.state as 'requested' | 'ringing' | 'answered']}
          </Text>
          <Group gap="xs">
            <ModeMenu
              label={texts.changeMode}
              busy={busy === 'join/mode'}
              except={mine.mode}
              onChoose={(mode) => void change('join/mode', { mode })}
            />
            <Button
              variant="default"
              loading={busy === 'join/leave'}
              onClick={() => void change('join/leave', {})}
            >
              {mine.state === 'joined' ? texts.leave : texts.stopRinging}
            </Button>
          </Group>
          {mine.state === 'joined' && mine.mode === 'speak' && (
            <Button
              variant="default"
              loading={busy === 'join/aurora'}
              onClick={() => void change('join/aurora', { speaks: !data?.aurora_speaks })}
            >
              {data?.aurora_speaks ? texts.auroraQuiet : texts.auroraSpeaks}
            </Button>
          )}
        </>
      ) : (
        <>
          {mine && (
            <Text size="sm" c="dimmed" role="status">
              {mine.state === 'failed'
                ? texts.notJoined(texts.reasons[mine.reason ?? ''] ?? mine.reason ?? '')
                : texts.youLeft}
            </Text>
          )}
          <ModeMenu
            label={texts.join}
            busy={busy === 'join'}
            onChoose={(mode) => void change('join', { mode })}
          />
        </>
      )}
    </Stack>
  );
}

interface ModeMenuProps {
  label: string;
  busy: boolean;
  /** The mode of now. */
  except?: Leg['mode'];
  onChoose: (mode: Leg['mode']) => void;
}

function ModeMenu({ label, busy, except, onChoose }: ModeMenuProps) {
  const { call: texts } = useTexts();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" loading={busy}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {MODES.filter((mode) => mode !== except).map((mode) => (
          <Menu.Item key={mode} onClick={() => onChoose(mode)}>
            {texts.joinModes[mode]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
