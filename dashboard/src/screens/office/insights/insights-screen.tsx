import { Alert, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { ApiError } from '../../../api/ask.ts';
import type { InsightsView } from '../../../api/types.ts';
import { useCompanyZone } from '../../../live/company-zone.ts';
import { askSignedIn, session } from '../../../session/session.ts';
import { insightsTexts } from '../../../texts/office/insights.ts';
import { useTexts } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Figures } from './figures.tsx';
import {
  type Chosen,
  dayIn,
  faultOf,
  MOST_DAYS,
  queryOf,
  type Range,
  rangeBefore,
  rangeOf,
} from './range.ts';
import { RangeBar } from './range-bar.tsx';
import { comparisonOf, summaryOf } from './summary.ts';
import { UnansweredFigure } from './unanswered-figure.tsx';
import { Exporting, type ExportPath } from './use-export.ts';
import { useWords } from './words.ts';

/** What the calls of some days say together: how many, how soon they were answered, what was missing. */
export function InsightsScreen() {
  const texts = useTextsOf(insightsTexts);
  const mayRead = useStore(session, (now) => 'admin' in now && now.admin.role !== 'viewer');
  return (
    <Stack gap="md">
      <Title order={1} size="h3">
        {texts.title}
      </Title>
      {mayRead ? <Asked /> : <Text>{texts.notForViewers}</Text>}
    </Stack>
  );
}

/** Which days, and what is known of them. */
function Asked() {
  const texts = useTextsOf(insightsTexts);
  const search = useSearch({ from: '/office/insights' });
  const zone = useCompanyZone();
  const today = zone === undefined ? undefined : dayIn(zone, Date.now());
  const chosen = today === undefined ? undefined : rangeOf(search, today);
  const fault = chosen && faultOf(chosen);
  return (
    <>
      {today !== undefined && chosen && (
        <RangeBar chosen={chosen} today={today} siteId={search.site_id} />
      )}
      {!chosen && <Waiting />}
      {fault && (
        <Alert color="orange" role="alert">
          {fault === 'turned' ? texts.range.turned : texts.range.long(MOST_DAYS)}
        </Alert>
      )}
      {chosen && !fault && <Shown chosen={chosen} siteId={search.site_id} />}
    </>
  );
}

function Shown({ chosen, siteId }: { chosen: Chosen; siteId: string | undefined }) {
  const { failure } = useTexts();
  const words = useWords();
  const { summary } = words.texts;
  const insights = useInsights(chosen, siteId, true);
  const before = useInsights(rangeBefore(chosen), siteId, insights.isSuccess);
  const { from, to } = chosen;
  const exporting = useCallback<ExportPath>(
    (table, format) => `/api/insights/export${queryOf({ from, to }, siteId, { table, format })}`,
    [from, to, siteId],
  );
  if (insights.isPending) return <Waiting />;
  if (insights.isError) {
    const isForbidden = insights.error instanceof ApiError && insights.error.status === 403;
    return (
      <Alert
        color={isForbidden ? 'gray' : 'red'}
        role="alert"
        title={isForbidden ? undefined : failure.title}
      >
        {insights.error.message}
      </Alert>
    );
  }
  const view = insights.data;
  return (
    <>
      <div role="status">
        {view.calls === 0 ? (
          <Text>{summary.none}</Text>
        ) : (
          <Text size="lg">{summaryOf(view, chosen, words).join(' ')}</Text>
        )}
        <Text size="sm" c="dimmed">
          {[
            ...(before.data && view.calls > 0 ? comparisonOf(view, before.data, words) : []),
            summary.zone(view.time_zone),
          ].join(' ')}
        </Text>
      </div>
      {view.calls > 0 && (
        <Exporting value={exporting}>
          <Figures view={view} words={words} />
          <UnansweredFigure range={chosen} siteId={siteId} view={view} words={words} />
        </Exporting>
      )}
    </>
  );
}

function useInsights(range: Range, siteId: string | undefined, isWanted: boolean) {
  return useQuery({
    queryKey: ['insights', range.from, range.to, siteId],
    enabled: isWanted,
    queryFn: async ({ signal }) => {
      const path = `/api/insights${queryOf(range, siteId)}`;
      return (await askSignedIn<InsightsView>('GET', path, { signal })).body;
    },
  });
}

function Waiting() {
  return (
    <Center py="xl">
      <Loader />
    </Center>
  );
}
