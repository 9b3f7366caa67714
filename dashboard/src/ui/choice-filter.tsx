import { NativeSelect, type NativeSelectProps } from '@mantine/core';

interface ChoiceFilterProps<T extends string> {
  label: string;
  /** What it says while nothing is chosen. */
  any: string;
  options: NonNullable<NativeSelectProps['data']>;
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}

/** One of several values, or any. */
export function ChoiceFilter<T extends string>(props: ChoiceFilterProps<T>) {
  const { label, any, options, value, onChange } = props;
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      data={[{ value: '', label: any }, ...options]}
      onChange={({ currentTarget }) =>
        onChange((currentTarget.value || undefined) as T | undefined)
      }
    />
  );
}
