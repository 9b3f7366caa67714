import { NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { insightsTexts } from '../../../texts/office/insights.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { ChoiceFilter } from '../../../ui/choice-filter.tsx';
import { useSites } from '../sites/site.ts';
import type { Chosen } from './range.ts';
import classes from './range-bar.module.css';
import { type InsightsSearch, LENGTHS } from './search.ts';

interface RangeBarProps {
  chosen: Chosen;
  today: string;
  siteId: string | undefined;
}

const OWN = 'own';

/** Which days, and which site. All of it stands in the address. */
export function RangeBar({ chosen, today, siteId }: RangeBarProps) {
  const { range } = useTextsOf(insightsTexts);
  const navigate = useNavigate({ from: '/office/insights' });
  const sites = useSites().data ?? [];
  const set = (change: InsightsSearch) =>
    void navigate({ search: (known) => ({ ...known, ...change }), replace: true });
  const setDay = (end: 'from' | 'to', day: string) => {
    // An input that is being typed into is empty until it holds a day.
    if (day === '') return;
    const { from, to } = chosen;
    set({ from, to, [end]: day, days: undefined });
  };
  return (
    <search className={classes.bar} aria-label={range.label}>
      <NativeSelect
        label={range.days}
        value={chosen.length ?? OWN}
        data={[
          ...LENGTHS.map((length) => ({
            value: String(length),
            label: length === 1 ? range.today : range.last(length),
          })),
          { value: OWN, label: range.own },
        ]}
        onChange={({ currentTarget: { value } }) => {
          const length = LENGTHS.find((length) => String(length) === value);
          set(
            length === undefined
              ? { from: chosen.from, to: chosen.to, days: undefined }
              : { from: undefined, to: undefined, days: length },
          );
        }}
      />
      <TextInput
        label={range.from}
        type="date"
        max={today}
        value={chosen.from}
        onChange={({ currentTarget }) => setDay('from', currentTarget.value)}
      />
      <TextInput
        label={range.to}
        type="date"
        max={today}
        value={chosen.to}
        onChange={({ currentTarget }) => setDay('to', currentTarget.value)}
      />
      <ChoiceFilter
        label={range.site}
        any={range.allSites}
        options={[
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
          // One that is gone, or that has not been read yet.
          ...(siteId === undefined || sites.some(({ id }) => id === siteId)
            ? []
            : [{ value: siteId, label: siteId }]),
        ]}
        value={siteId}
        onChange={(site_id) => set({ site_id })}
      />
    </search>
  );
}
