import { NumberInput, Stack, Text } from '@mantine/core';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { OrderedList } from '../ordered-list.tsx';
import { BOUNDS } from '../settings/bounds.ts';
import type { Step } from './on-call-fields.ts';
import classes from './on-call-screen.module.css';
import { PartHead } from './part-head.tsx';
import type { OnCallForm } from './use-on-call-form.ts';
import { useNameOfTarget } from './who.ts';

const MOST_STEPS = 10;

interface StepsListProps {
  form: OnCallForm;
  readOnly: boolean;
  onAdd: () => void;
  onEdit: (index: number) => void;
}

/** In which order people are fetched, how long each is waited for, and what comes after the last. */
export function StepsList({ form, readOnly, onAdd, onEdit }: StepsListProps) {
  const texts = useTextsOf(onCallTexts);
  const nameOf = useNameOfTarget();
  const { steps, dial_emergency } = form.values;
  const whom = ({ who }: Step) => who.map(nameOf).join(', ');
  return (
    <Stack gap="sm">
      <PartHead
        title={texts.steps}
        add={texts.addStep}
        onAdd={!readOnly && steps.length < MOST_STEPS ? onAdd : undefined}
      />
      <Text size="sm" c="dimmed">
        {texts.stepsHint}
      </Text>
      <OrderedList
        items={steps}
        label={texts.steps}
        nameOf={whom}
        readOnly={readOnly}
        least={1}
        onChange={(changed) => form.setFieldValue('steps', changed)}
        onEdit={(_, index) => onEdit(index)}
        show={(step) => (
          <>
            <Text dir="auto">{whom(step)}</Text>
            <Text size="sm" c="dimmed">
              {texts.waits(step.wait_seconds)}
            </Text>
          </>
        )}
      />
      <Text size="sm">{dial_emergency ? texts.thenDialled : texts.thenSpoken}</Text>
      <div className={classes.numbersInputs}>
        <NumberInput
          label={texts.repeats}
          description={texts.repeatsHint}
          min={BOUNDS.repeats[0]}
          max={BOUNDS.repeats[1]}
          clampBehavior="none"
          disabled={readOnly}
          {...form.getInputProps('repeats')}
        />
        <NumberInput
          label={texts.accept}
          description={texts.acceptHint}
          min={BOUNDS.accept_seconds[0]}
          max={BOUNDS.accept_seconds[1]}
          clampBehavior="none"
          disabled={readOnly}
          {...form.getInputProps('accept_seconds')}
        />
      </div>
    </Stack>
  );
}
