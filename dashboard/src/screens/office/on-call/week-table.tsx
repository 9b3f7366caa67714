import { ActionIcon, Button, Group, SegmentedControl, Stack, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { PersonOnCall, WeekView } from '../../../api/types.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { clockAt, dateAfter, dateInWords } from './clock.ts';
import classes from './week-table.module.css';
import { useNameOfPerson } from './who.ts';

type Span = WeekView['days'][number]['spans'][number];

interface WeekTableProps {
  week: WeekView;
  /** The date of today by the company's clock. */
  today: string;
  /** Undefined: this week. */
  onWeek: (from: string | undefined) => void;
}

/** Seven days as a table, each with who is on duty when; where nobody would come is marked. */
export function WeekTable({ week, today, onWeek }: WeekTableProps) {
  const texts = useTextsOf(onCallTexts);
  const language = useLanguage();
  const [look, setLook] = useState<'bars' | 'list'>('bars');
  const first = week.days[0]?.date ?? today;
  const people = new Map(week.people.map((person) => [person.id, person]));
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {texts.week}
        </Title>
        <Group gap="xs">
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={texts.earlier}
            onClick={() => onWeek(dateAfter(first, -7))}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <Button variant="default" size="compact-md" onClick={() => onWeek(undefined)}>
            {texts.thisWeek}
          </Button>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={texts.later}
            onClick={() => onWeek(dateAfter(first, 7))}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
          <SegmentedControl
            className={classes.look}
            aria-label={texts.look}
            value={look}
            data={[
              { value: 'bars', label: texts.bars },
              { value: 'list', label: texts.list },
            ]}
            onChange={(value) => setLook(value as typeof look)}
          />
        </Group>
      </Group>
      <table className={classes.week} data-look={look}>
        <caption className={classes.caption}>{texts.weekCaption(week.time_zone)}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.day}</th>
            <th scope="col">{texts.onDuty}</th>
          </tr>
        </thead>
        <tbody>
          {week.days.map(({ date, spans }) => (
            <tr key={date} aria-current={date === today ? 'date' : undefined}>
              <th scope="row" className={classes.day}>
                {dateInWords(date, language)}
              </th>
              <td>
                <ul className={classes.spans}>
                  {spans.map((span) => (
                    <SpanItem key={span.from} span={span} people={people} />
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Stack>
  );
}

function SpanItem({ span, people }: { span: Span; people: Map<string, PersonOnCall> }) {
  const texts = useTextsOf(onCallTexts);
  const nameOf = useNameOfPerson();
  const names = span.people.map((id) =>
    nameOf(people.get(id) ?? { id, name: null, unreachable: 'removed' }),
  );
  const who = names.length === 0 ? texts.nobody : names.join(', ');
  const when = `${clockAt(span.from)}–${clockAt(span.to, true)}`;
  const minutes = (Date.parse(span.to) - Date.parse(span.from)) / 60_000;
  const cover = span.covered ? 'covered' : names.length === 0 ? 'gap' : 'unreachable';
  return (
    <li
      className={classes.span}
      data-cover={cover}
      title={`${when} ${who}`}
      style={{ flexGrow: minutes }}
    >
      <span className={`numbers ${classes.when}`}>{when}</span> <bdi>{who}</bdi>
    </li>
  );
}
