import { TextInput } from '@mantine/core';

interface DayFilterProps {
  label: string;
  /** Such as `2026-11-27`. */
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}

/** The first or last of some days, or any. */
export function DayFilter({ label, value, onChange }: DayFilterProps) {
  return (
    <TextInput
      label={label}
      type="date"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}
