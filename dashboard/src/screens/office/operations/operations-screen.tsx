import { Alert, Center, Loader, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Operations } from '../../../api/types.ts';
import { session } from '../../../session/session.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Moment } from '../../../ui/times.tsx';
import { DataTable } from '../insights/data-table.tsx';
import { AreaCard, PlainCard } from './area-card.tsx';
import { AwayAlert } from './away-alert.tsx';
import { DeadLetters, local } from './dead-letters.tsx';
import classes from './operations-screen.module.css';
import { StateMark } from './state-mark.tsx';
import { isForbidden, RANGES, type Range, useAway, useOperations } from './use-operations.ts';

/** How the installation is doing, for whoever runs it. */
export function OperationsScreen() {
  const { operations } = useTextsOf(frameTexts);
  const { lead, forbidden } = useTextsOf(operationsTexts);
  const isOperator = useStore(session, (now) => 'admin' in now && now.admin.operator === true);
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h3">
          {operations}
        </Title>
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      </div>
      {isOperator ? (
        <Told />
      ) : (
        <Alert color="blue" role="alert">
          {forbidden}
        </Alert>
      )}
    </Stack>
  );
}

function Told() {
  const texts = useTextsOf(operationsTexts);
  const [range, setRange] = useState<Range>(60);
  const { data, error, isPending } = useOperations(range);
  const away = useAway();
  if (isForbidden(error)) {
    return (
      <Alert color="blue" role="alert">
        {texts.forbidden}
      </Alert>
    );
  }
  const isStale = error !== null;
  const gone = [...new Set([...(away ?? []), ...(isStale ? [] : (data?.unread ?? []))])];
  const state = gone.length > 0 || isStale ? 'critical' : data?.state;
  return (
    <>
      <div className={classes.summary}>
        <div role="status" className={classes.state}>
          {state && <StateMark state={state} />}
          {data && (
            <Text size="sm" c="dimmed">
              {texts.asOf} <Moment at={local(data.at)} />. {texts.judged(data.window_minutes)}
            </Text>
          )}
        </div>
        <NativeSelect
          label={texts.range}
          value={String(range)}
          data={RANGES.map((minutes) => ({ value: String(minutes), label: texts.ranges[minutes] }))}
          onChange={({ currentTarget: { value } }) =>
            setRange(RANGES.find((minutes) => String(minutes) === value) ?? 60)
          }
        />
      </div>
      <AwayAlert
        gone={gone}
        error={error}
        hasOld={data !== undefined}
        isKnown={away !== undefined}
      />
      {isPending && (
        <Center p="xl">
          <Loader />
        </Center>
      )}
      {data && <Numbers of={data} />}
    </>
  );
}

function Numbers({ of }: { of: Operations }) {
  const texts = useTextsOf(operationsTexts);
  return (
    <div className={classes.areas}>
      {of.areas.map((area) => (
        <AreaCard key={area.id} area={area} of={of} />
      ))}
      <DeadLetters letters={of.dead_letters} />
      <PlainCard title={texts.turns}>
        {of.rungs.length === 0 ? (
          <Text size="sm">{texts.noTurns}</Text>
        ) : (
          <DataTable
            label={texts.rows(texts.turns)}
            columns={[{ name: texts.rung }, { name: texts.count, isNumber: true }]}
            rows={of.rungs.map(({ rung, count }) => ({
              key: rung,
              cells: [texts.rungs[rung] ?? rung, count],
            }))}
          />
        )}
      </PlainCard>
      <PlainCard title={texts.codes}>
        {of.twilio_codes.length === 0 ? (
          <Text size="sm">{texts.noCodes}</Text>
        ) : (
          <DataTable
            label={texts.rows(texts.codes)}
            columns={[{ name: texts.code }, { name: texts.count, isNumber: true }]}
            rows={of.twilio_codes.map(({ code, count }) => ({ key: code, cells: [code, count] }))}
          />
        )}
      </PlainCard>
    </div>
  );
}
