import { NativeSelect } from '@mantine/core';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { useCandidates, useNameOfTarget } from './who.ts';

interface PersonSelectProps {
  value: string;
  onChange: (id: string) => void;
  error?: React.ReactNode;
}

/** Somebody who may act on calls; who has no phone is named as such. */
export function PersonSelect({ value, onChange, error }: PersonSelectProps) {
  const texts = useTextsOf(onCallTexts);
  const nameOf = useNameOfTarget();
  const candidates = useCandidates();
  const isKnown = value === '' || candidates.some(({ id }) => id === value);
  return (
    <NativeSelect
      label={texts.person}
      value={value}
      error={error}
      data={[
        { value: '', label: texts.choosePerson },
        ...candidates.map(({ id, name, reachable }) => ({
          value: id,
          label: reachable ? name : `${name} (${texts.unreachable.no_phone})`,
        })),
        ...(isKnown ? [] : [{ value, label: nameOf(value) }]),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
