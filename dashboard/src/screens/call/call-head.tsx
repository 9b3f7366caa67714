import { Button, Group, Text, Title } from '@mantine/core';
import { IconMessage, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import type { CallView } from '../../api/types.ts';
import type { Connection } from '../../live/event-stream.ts';
import { maskedNumber, useNameOf, useWorkerName } from '../../live/people.ts';
import { useTexts } from '../../texts/texts.ts';
import { ConnectionState } from '../../ui/connection-state.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { Moment, Running } from '../../ui/times.tsx';
import { UrgencyMark } from '../../ui/urgency-mark.tsx';
import classes from './call-head.module.css';

export function CallHead({ call, connection }: { call: CallView; connection: Connection }) {
  const texts = useTexts();
  const name = useWorkerName(call.worker_id);
  const Medium = call.medium === 'Voice' ? IconPhone : IconMessage;
  const isOver = call.status !== 'ACTIVE';
  return (
    <header className={classes.head} data-urgency={call.urgency}>
      <Group gap="md">
        <UrgencyMark urgency={call.urgency} large />
        <Title order={1} size="h3" dir="auto">
          {name ?? texts.live.unknownWorker}
        </Title>
        <CallerNumber number={call.mobile_no} />
      </Group>
      <Group gap="md">
        <Group gap={6}>
          <Medium size={18} aria-label={texts.medium[call.medium]} />
          <Running from={call.timestamp} to={call.ended_at} />
          <Text size="sm" c="dimmed" component="span">
            {texts.call.started} <Moment at={call.timestamp} withDate={isOver} />
          </Text>
        </Group>
        <HeldBy call={call} />
        {isOver ? (
          <Text size="sm" fw={600}>
            {texts.call.over}
          </Text>
        ) : (
          <ConnectionState connection={connection} />
        )}
        <ExportMenu
          formats={['html', 'csv', 'json']}
          pathOf={(format) => `/api/call/${call.call_id}/export?format=${format}`}
        />
      </Group>
    </header>
  );
}

/** Shown whole on demand: a screen in a control room has many readers. */
function CallerNumber({ number }: { number: string }) {
  const texts = useTexts();
  const [shown, setShown] = useState(false);
  const masked = maskedNumber(number);
  if (masked === undefined) return <Text c="dimmed">{texts.live.withheld}</Text>;
  return (
    <Group gap={6}>
      <Text className="numbers">{shown ? number : masked}</Text>
      {!shown && (
        <Button size="compact-xs" variant="subtle" onClick={() => setShown(true)}>
          {texts.call.showNumber}
        </Button>
      )}
    </Group>
  );
}

function HeldBy({ call }: { call: CallView }) {
  const texts = useTexts();
  const nameOf = useNameOf();
  if (call.status !== 'ACTIVE') return null;
  const { owner } = call;
  const holder = owner?.kind === 'supervisor' && owner.id ? nameOf(owner.id) : texts.live.aurora;
  return (
    <Text size="sm" fw={600}>
      {texts.call.heldBy(holder)}
    </Text>
  );
}
