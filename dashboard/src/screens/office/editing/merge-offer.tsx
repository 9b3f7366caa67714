import { Alert, Radio, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useColleagues } from '../../../live/people.ts';
import { editingTexts } from '../../../texts/office/editing.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import type { Conflict } from './merge.ts';
import type { Offer } from './use-offer.ts';

export interface MergeOfferProps<T> {
  offer: Offer<T>;
  /** The fields' names, as the form has them. */
  labels: Partial<Record<keyof T, string>>;
  /** A value in words; absent: as it is. */
  show?: ((field: keyof T & string, value: unknown) => string) | undefined;
}

/** What somebody else changed to something else: keep mine, or take theirs, field by field. */
export function MergeOffer<T extends object>({ offer, labels, show }: MergeOfferProps<T>) {
  const texts = useTextsOf(editingTexts);
  const name = useColleagues().find(({ id }) => id === offer.who)?.name;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);

  function inWords(field: keyof T & string, value: unknown): string {
    const words = show ? show(field, value) : String(value ?? '');
    return words === '' ? texts.nothing : words;
  }

  function question(conflict: Conflict<T>) {
    const { field, base, theirs, mine } = conflict;
    const isMissing = offer.isIncomplete && offer.choices[field] === undefined;
    return (
      <Radio.Group
        key={field}
        label={labels[field] ?? field}
        description={texts.was(inWords(field, base))}
        value={offer.choices[field] ?? ''}
        onChange={(side) => offer.choose(conflict, side === 'mine' ? 'mine' : 'theirs')}
        error={isMissing && texts.undecided}
      >
        <Stack gap="xs" my="xs" dir="auto">
          <Radio value="mine" label={texts.mine(inWords(field, mine))} />
          <Radio value="theirs" label={texts.theirs(inWords(field, theirs))} />
        </Stack>
      </Radio.Group>
    );
  }

  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="orange"
      variant="outline"
      role="alert"
      title={name === undefined ? texts.changed : texts.changedBy(name)}
    >
      <Stack gap="md">
        <Text size="sm">{texts.choose}</Text>
        {offer.conflicts.map(question)}
      </Stack>
    </Alert>
  );
}
