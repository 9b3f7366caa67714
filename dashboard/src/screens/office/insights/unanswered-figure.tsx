import { Button, Center, Loader, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { InsightsView, Page, UnansweredView } from '../../../api/types.ts';
import { askSignedIn } from '../../../session/session.ts';
import { Failure } from '../../../ui/failure.tsx';
import { plain } from '../../../ui/plain.ts';
import { Moment } from '../../../ui/times.tsx';
import { UrgencyMark } from '../../../ui/urgency-mark.tsx';
import { DataTable } from './data-table.tsx';
import { Figure } from './figure.tsx';
import { queryOf, type Range } from './range.ts';
import classes from './unanswered-figure.module.css';
import type { Words } from './words.ts';

interface UnansweredFigureProps {
  range: Range;
  siteId: string | undefined;
  view: InsightsView;
  words: Words;
}

/** What people asked that no manual answers: what a safety officer writes next. */
export function UnansweredFigure({ range, siteId, view, words }: UnansweredFigureProps) {
  const { texts, count } = words;
  const { unanswered } = texts;
  const { questions, calls } = view.unanswered;
  const asked = useInfiniteQuery({
    queryKey: ['insights', 'unanswered', range.from, range.to, siteId],
    enabled: questions > 0,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const path = `/api/insights/unanswered${queryOf(range, siteId, { cursor: pageParam })}`;
      return (await askSignedIn<Page<UnansweredView>>('GET', path, { signal })).body;
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  const items = asked.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Figure title={unanswered.title} table="unanswered" isWide>
      <Text mb="sm">
        {questions === 0 ? unanswered.none : unanswered.count(count(questions), count(calls))}
      </Text>
      {questions > 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          {unanswered.advice}
        </Text>
      )}
      {asked.isError && <Failure>{asked.error.message}</Failure>}
      {asked.isLoading && (
        <Center>
          <Loader />
        </Center>
      )}
      {items.length > 0 && (
        <DataTable
          label={unanswered.list}
          columns={[
            { name: unanswered.when },
            { name: unanswered.urgency },
            { name: unanswered.question },
            { name: unanswered.answer },
          ]}
          rows={items.map((item) => ({
            key: `${item.call_id} ${item.message_id}`,
            cells: [
              <Link
                key="call"
                to="/calls/$callId"
                params={{ callId: item.call_id }}
                className={classes.link}
              >
                <Moment at={item.at} withDate />
              </Link>,
              <UrgencyMark key="urgency" urgency={item.urgency} />,
              <q key="question" dir="auto" className={classes.words}>
                {plain(item.question)}
              </q>,
              <span key="answer" dir="auto" className={classes.words}>
                {plain(item.answer)}
              </span>,
            ],
          }))}
        />
      )}
      {asked.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
        >
          {unanswered.more}
        </Button>
      )}
    </Figure>
  );
}
