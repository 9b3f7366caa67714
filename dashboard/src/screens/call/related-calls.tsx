import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CallView, Page } from '../../api/types.ts';
import { askSignedIn } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { Moment } from '../../ui/times.tsx';
import { UrgencyMark } from '../../ui/urgency-mark.tsx';
import { CallerName } from '../live/call-row.tsx';
import classes from './related-calls.module.css';

/** Milliseconds: calls that others make meanwhile join the incident. */
const LOOK_EVERY = 10_000;

/** Calls of the same incident, and the ones that this call goes on from. */
export function RelatedCalls({ call }: { call: CallView }) {
  const { call: texts, live } = useTexts();
  const { incident_id, follows, continues } = call;
  const { data } = useQuery({
    queryKey: ['incident', incident_id],
    enabled: incident_id !== null,
    refetchInterval: call.status === 'ACTIVE' ? LOOK_EVERY : false,
    queryFn: async ({ signal }) =>
      (await askSignedIn<Page<CallView>>('GET', `/api/incidents/${incident_id}`, { signal })).body,
  });
  const all = data?.items ?? [];
  const others = all.filter(({ call_id }) => call_id !== call.call_id);
  if (others.length === 0 && !follows && !continues) return null;
  return (
    <Paper withBorder radius="md" p="md" component="section">
      <Title order={2} size="h5" mb="xs">
        {others.length > 0 ? live.incident(all.length) : texts.related}
      </Title>
      <Stack gap="xs">
        {follows && <CallLink callId={follows}>{texts.follows}</CallLink>}
        {continues && <CallLink callId={continues}>{texts.continues}</CallLink>}
        {others.map((other) => (
          <CallLink key={other.call_id} callId={other.call_id}>
            <UrgencyMark urgency={other.urgency} />
            <CallerName call={other} />
            <Text component="span" size="sm" c="dimmed">
              <Moment at={other.timestamp} />
            </Text>
          </CallLink>
        ))}
      </Stack>
    </Paper>
  );
}

function CallLink({ callId, children }: { callId: string; children: ReactNode }) {
  return (
    <Link to="/calls/$callId" params={{ callId }} className={classes.link}>
      {children}
    </Link>
  );
}
