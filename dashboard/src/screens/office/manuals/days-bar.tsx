import { Text, TextInput } from '@mantine/core';
import { useCompanyZone } from '../../../live/company-zone.ts';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { dayIn, faultOf, type Range, rangeOf } from '../insights/range.ts';
import classes from './days-bar.module.css';
import type { DaysSearch } from './search.ts';
import { useMaySeeUsage } from './use-manuals.ts';

/** The days of the address, the last thirty unless told; undefined until the company's zone is known. */
export function useDays({ from, to }: DaysSearch): Range | undefined {
  const zone = useCompanyZone();
  return zone === undefined ? undefined : rangeOf({ from, to }, dayIn(zone, Date.now()));
}

interface DaysBarProps {
  days: Range | undefined;
  onChange: (days: Range) => void;
}

/** Which days are counted. */
export function DaysBar({ days, onChange }: DaysBarProps) {
  const { days: texts } = useTextsOf(manualsTexts);
  const maySee = useMaySeeUsage();
  if (!days || !maySee) return null;
  const fault = faultOf(days);
  const set = (end: keyof Range, day: string) => {
    // An input that is being typed into is empty until it holds a day.
    if (day !== '') onChange({ from: days.from, to: days.to, [end]: day });
  };
  return (
    <fieldset className={classes.bar}>
      <legend>{texts.label}</legend>
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          label={texts[end]}
          type="date"
          value={days[end]}
          onChange={({ currentTarget }) => set(end, currentTarget.value)}
        />
      ))}
      {fault && (
        <Text role="alert" size="sm">
          {texts[fault]}
        </Text>
      )}
    </fieldset>
  );
}
