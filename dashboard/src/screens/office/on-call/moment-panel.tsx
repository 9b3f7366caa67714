import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import type { OnCallView, PersonOnCall } from '../../../api/types.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Moment } from '../../../ui/times.tsx';
import classes from './on-call-screen.module.css';
import { useNameOfPerson } from './who.ts';

interface MomentPanelProps {
  moment: OnCallView;
  dialEmergency: boolean;
  /** As it was typed; empty: now. */
  at: string;
  onAt: (at: string) => void;
}

/** Whom each step would fetch, now or at a moment that is typed. */
export function MomentPanel({ moment, dialEmergency, at, onAt }: MomentPanelProps) {
  const texts = useTextsOf(onCallTexts);
  const nameOf = useNameOfPerson();
  const names = (people: readonly PersonOnCall[]) =>
    people.length === 0 ? texts.nobody : people.map(nameOf).join(', ');
  const last = moment.steps.at(-1);
  const after = last ? last.after_seconds + last.wait_seconds : 0;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {texts.whoWouldCome}
      </Title>
      <Group align="flex-end">
        <TextInput
          type="datetime-local"
          label={texts.moment}
          description={texts.momentHint(moment.time_zone)}
          value={at}
          onChange={({ currentTarget }) => onAt(currentTarget.value)}
        />
        {at !== '' && (
          <Button variant="default" onClick={() => onAt('')}>
            {texts.now}
          </Button>
        )}
      </Group>
      <section aria-live="polite" aria-label={texts.whoWouldCome}>
        <Text>
          {texts.atMoment} <Moment at={moment.at} withDate />: {texts.onDuty.toLowerCase()}{' '}
          <bdi>{names(moment.on_duty)}</bdi>
        </Text>
        <ol className={classes.moments}>
          {moment.steps.map(({ after_seconds, people }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a step is known by
            <li key={index}>
              <Text span c="dimmed" size="sm">
                {texts.after(after_seconds)}
              </Text>
              <Text
                dir="auto"
                {...(people.some(({ unreachable }) => unreachable === null)
                  ? {}
                  : { className: classes.nobody })}
              >
                {names(people)}
              </Text>
            </li>
          ))}
          <li>
            <Text span c="dimmed" size="sm">
              {texts.after(after)}
            </Text>
            <Text>{dialEmergency ? texts.emergencyDialled : texts.emergencySpoken}</Text>
          </li>
        </ol>
      </section>
    </Stack>
  );
}
