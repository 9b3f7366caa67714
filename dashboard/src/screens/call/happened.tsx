import { Paper, Text, Title } from '@mantine/core';
import type { CallView } from '../../api/types.ts';
import { useNameOf } from '../../live/people.ts';
import { type Texts, useTexts } from '../../texts/texts.ts';
import { Moment } from '../../ui/times.tsx';
import { AuditTrail } from './audit-trail.tsx';
import classes from './happened.module.css';

interface Line {
  id: string;
  at: string;
  what: string;
  detail: string;
}

/** What was done about the call, newest first. */
export function Happened({ call }: { call: CallView }) {
  const texts = useTexts();
  const nameOf = useNameOf();
  const lines = linesOf(call, texts, nameOf);
  return (
    <Paper withBorder radius="md" p="md" component="section">
      <Title order={2} size="h5" mb="xs">
        {texts.call.timeline}
      </Title>
      {lines.length === 0 && <Text c="dimmed">{texts.call.nothingDone}</Text>}
      <ol className={classes.lines}>
        {lines.map(({ id, at, what, detail }) => (
          <li key={id}>
            <Text size="xs" c="dimmed" component="span">
              <Moment at={at} />
            </Text>
            <div>
              <Text size="sm" fw={600}>
                {what}
              </Text>
              {detail !== '' && (
                <Text size="sm" c="dimmed" className={classes.detail}>
                  {detail}
                </Text>
              )}
            </div>
          </li>
        ))}
      </ol>
      <AuditTrail call={call} />
    </Paper>
  );
}

function linesOf(call: CallView, { call: texts }: Texts, nameOf: (id: string) => string): Line[] {
  const steps = call.timeline.map(({ id, at, step, by, whom, channel, reason }) => ({
    id,
    at,
    what: texts.steps[step],
    detail: [
      whom && nameOf(whom),
      by && by !== whom && texts.by(nameOf(by)),
      channel && wayOf(channel, texts),
      reason && (texts.reasons[reason] ?? reason),
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  const seen = call.acknowledged.map(({ at, by }) => ({
    id: `seen ${by}`,
    at,
    what: texts.seen,
    detail: texts.by(nameOf(by)),
  }));
  const sent = call.dispatches.map(({ id, at, by, who, what }) => ({
    id,
    at,
    what: texts.dispatched(who),
    detail: `${what} · ${texts.by(nameOf(by))}`,
  }));
  return [...steps, ...seen, ...sent].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** How something was done: a way to reach somebody, or a mode of joining. */
function wayOf(channel: string, texts: Texts['call']): string {
  const modes: Record<string, string> = texts.joinModes;
  return texts.people.channels[channel] ?? modes[channel] ?? channel;
}
