import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useStore } from 'zustand';
import type { Page, Tried, UnansweredView } from '../../../api/types.ts';
import { askSignedIn, session } from '../../../session/session.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTexts } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Pending } from '../../../ui/pending.tsx';
import { plain } from '../../../ui/plain.ts';
import { Moment } from '../../../ui/times.tsx';
import { told } from '../../../ui/told.ts';
import { UrgencyMark } from '../../../ui/urgency-mark.tsx';
import { faultOf, queryOf } from '../insights/range.ts';
import { type Asked, together } from './asked.ts';
import { DaysBar, useDays } from './days-bar.tsx';
import { LinkAnchor, LinkButton } from './link-button.tsx';
import { TriedReply } from './tried-reply.tsx';
import classes from './unanswered-screen.module.css';

/** What callers asked and no passage answers, the newest first: what should be written next. */
export function UnansweredScreen() {
  const texts = useTextsOf(manualsTexts);
  const common = useTextsOf(commonTexts);
  const search = useSearch({ from: '/office/manuals/unanswered' });
  const navigate = useNavigate({ from: '/office/manuals/unanswered' });
  const days = useDays(search);
  const asked = useInfiniteQuery({
    queryKey: ['insights', 'unanswered', days?.from, days?.to, undefined],
    enabled: days !== undefined && faultOf(days) === undefined,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = days ? queryOf(days, undefined, { cursor: pageParam }) : '';
      const path = `/api/insights/unanswered${query}`;
      return (await askSignedIn<Page<UnansweredView>>('GET', path, { signal })).body;
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  const items = asked.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="md">
      <LinkAnchor to="/office/manuals" size="sm">
        {texts.title}
      </LinkAnchor>
      <Title order={1} size="h3">
        {texts.asked.title}
      </Title>
      <Text size="sm" c="dimmed">
        {texts.asked.intro}
      </Text>
      <DaysBar days={days} onChange={(range) => void navigate({ search: range, replace: true })} />
      {asked.isSuccess && items.length === 0 && !asked.hasNextPage && (
        <Text py="xl">{texts.asked.none}</Text>
      )}
      {items.length > 0 && (
        <ul className={classes.list} aria-label={texts.asked.list}>
          {together(items).map((each) => (
            <Question key={each.question} asked={each} />
          ))}
        </ul>
      )}
      {(!days || faultOf(days) === undefined) && <Pending of={asked} />}
      <MoreButton of={asked}>{common.more}</MoreButton>
    </Stack>
  );
}

/** Calls that are named; there may be many. */
const SHOWN = 5;

function Question({ asked: { question, times } }: { asked: Asked }) {
  const { asked } = useTextsOf(manualsTexts);
  const [newest] = times;
  const { failure } = useTexts();
  const mayWrite = useStore(session, (now) => 'admin' in now && now.admin.role !== 'viewer');
  const words = plain(question);
  const language = languageOf(question);
  const attempt = useMutation({
    mutationFn: async () => {
      const body = { text: asLine(question), language };
      return (await askSignedIn<Tried>('POST', '/api/try', { body })).body;
    },
    onError: told(failure.title),
  });
  return (
    <li className={classes.question}>
      <div className={classes.said}>
        <Text fw={600} dir="auto">
          {words}
        </Text>
        <Text size="sm" c="dimmed" dir="auto">
          {asked.said}: {plain(newest.answer)}
        </Text>
        <Group gap="sm">
          <UrgencyMark urgency={newest.urgency} />
          <Text size="sm">{asked.times(times.length)}</Text>
          {times.slice(0, SHOWN).map(({ call_id, message_id, at }) => (
            <LinkAnchor
              key={`${call_id} ${message_id}`}
              to="/calls/$callId"
              params={{ callId: call_id }}
              size="sm"
            >
              <Moment at={at} withDate />
            </LinkAnchor>
          ))}
        </Group>
      </div>
      <Group gap="sm">
        {mayWrite && (
          <LinkButton
            to="/office/manuals/new"
            search={{ question: asLine(question) }}
            size="compact-md"
          >
            {asked.write}
          </LinkButton>
        )}
        <Button
          size="compact-md"
          variant="default"
          loading={attempt.isPending}
          onClick={() => attempt.mutate()}
        >
          {asked.tryIt}
        </Button>
      </Group>
      {attempt.data && (
        <section aria-label={asked.trying(words)} className={classes.tried}>
          <TriedReply tried={attempt.data} language={language} />
        </section>
      )}
    </li>
  );
}

/** Of its script: what is said in Hindi is written in Devanagari. */
function languageOf(question: string): 'en' | 'hi' {
  return /\p{Script=Devanagari}/u.test(question) ? 'hi' : 'en';
}

/** Characters that the API tries at most. */
const LONGEST = 1_000;

function asLine(question: string): string {
  return question
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, LONGEST)
    .toWellFormed();
}
