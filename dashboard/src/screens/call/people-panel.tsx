import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { CallView } from '../../api/types.ts';
import { useNameOf } from '../../live/people.ts';
import { askSignedIn, session } from '../../session/session.ts';
import { useTexts } from '../../texts/texts.ts';
import { clockOf } from '../../ui/duration.ts';
import { useNow } from '../../ui/now.ts';
import { Moment } from '../../ui/times.tsx';
import { type PeopleOnCall, peopleOnCall } from './people-on-call.ts';
import classes from './people-panel.module.css';

/** Who was fetched by which way and when, what they answered, and what comes next. */
export function PeoplePanel({ call }: { call: CallView }) {
  const { call: texts } = useTexts();
  const nameOf = useNameOf();
  const told = peopleOnCall(call.timeline);
  if (!told) return null;
  const { people, raised } = told;
  const why = (code: string | undefined) => texts.reasons[code ?? ''] ?? code ?? '';
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label={texts.people.title}>
      <Title order={2} size="h5" mb="xs">
        {texts.people.title}
      </Title>
      <Stack gap="xs">
        {raised && (
          <Text size="sm" c="dimmed">
            {texts.people.raised(why(raised.reason))}
            {raised.by && ` (${nameOf(raised.by)})`} <Moment at={raised.at} />
          </Text>
        )}
        <ul className={classes.people}>
          {people.map(({ adminId, pages, answer, answeredAt }) => (
            <li key={adminId} className={classes.person} data-answer={answer}>
              <Group justify="space-between" gap="xs">
                <Text size="sm" fw={600} dir="auto">
                  {nameOf(adminId)}
                </Text>
                <Text size="sm">
                  {texts.people.answers[answer]} {answeredAt && <Moment at={answeredAt} />}
                </Text>
              </Group>
              {pages.map(({ id, at, channel, failed }) => (
                <Text key={id} size="xs" c="dimmed">
                  {texts.people.channels[channel ?? ''] ?? channel} <Moment at={at} />
                  {failed && `: ${why(failed)}`}
                </Text>
              ))}
            </li>
          ))}
        </ul>
        <Text size="sm" fw={600} role="status">
          <Outcome call={call} told={told} why={why} />
        </Text>
      </Stack>
    </Paper>
  );
}

interface OutcomeProps {
  call: CallView;
  told: PeopleOnCall;
  why: (code: string | undefined) => string;
}

function Outcome({ call, told, why }: OutcomeProps) {
  const { people: texts } = useTexts().call;
  const nameOf = useNameOf();
  const me = useStore(session, (current) => ('admin' in current ? current.admin.id : undefined));
  const steps = useSteps(call.status === 'ACTIVE' && !told.closed);
  const now = useNow();
  const { closed, accepted, step } = told;
  if (closed) return texts.closed(why(closed.reason));
  if (accepted === me && me !== undefined) return texts.youCome;
  if (accepted !== undefined) return texts.coming(nameOf(accepted));
  const current = step && steps[step.place - 1];
  if (!step || !current) return texts.waiting;
  const left = Date.parse(step.at) + current.wait_seconds * 1_000 - now;
  if (left <= 0) return texts.waiting;
  return texts.next(step.place + 1, clockOf(left));
}

interface Company {
  reaching: { steps: readonly { wait_seconds: number }[] } | null;
}

/** How the company's people are fetched. */
function useSteps(enabled: boolean): readonly { wait_seconds: number }[] {
  const { data } = useQuery({
    queryKey: ['company'],
    staleTime: 60_000,
    enabled,
    queryFn: async ({ signal }) =>
      (await askSignedIn<Company>('GET', '/api/company', { signal })).body,
  });
  return data?.reaching?.steps ?? [];
}
