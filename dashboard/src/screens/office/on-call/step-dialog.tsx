import { Checkbox, NumberInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { onCallTexts } from '../../../texts/office/on-call.ts';
import { settingsTexts } from '../../../texts/office/settings.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { BOUNDS, isWithin } from '../settings/bounds.ts';
import { EntryDialog } from './entry-dialog.tsx';
import type { Step } from './on-call-fields.ts';
import { useCandidates, useNameOfTarget } from './who.ts';

interface StepDialogProps {
  /** Undefined: a new one. */
  step: Step | undefined;
  onClose: () => void;
  onDone: (step: Step) => void;
}

export function StepDialog({ step, onClose, onDone }: StepDialogProps) {
  const texts = useTextsOf(onCallTexts);
  const common = useTextsOf(commonTexts);
  const { between } = useTextsOf(settingsTexts);
  const nameOf = useNameOfTarget();
  const candidates = useCandidates();
  const [who, setWho] = useState<string[]>(step?.who ?? []);
  const [wait, setWait] = useState<number | string>(step?.wait_seconds ?? 60);
  const [tried, setTried] = useState(false);
  const [least, most] = BOUNDS.wait_seconds;
  const isWaitRight = isWithin('wait_seconds', wait);
  const listed = candidates.map(({ id }) => id);
  const gone = (step?.who ?? []).filter(
    (target) => target !== 'rota' && target !== 'everyone' && !listed.includes(target),
  );

  function done(): void {
    setTried(true);
    if (who.length > 0 && isWaitRight) onDone({ who, wait_seconds: Number(wait) });
  }

  return (
    <EntryDialog title={step ? texts.editStep : texts.addStep} onClose={onClose} onDone={done}>
      <Checkbox.Group
        label={texts.who}
        value={who}
        onChange={setWho}
        error={tried && who.length === 0 && common.required}
      >
        <Stack gap="xs" mt="xs">
          <Checkbox value="rota" label={texts.rota} description={texts.rotaHint} />
          <Checkbox value="everyone" label={texts.everyone} description={texts.everyoneHint} />
          {candidates.map(({ id, name, reachable }) => (
            <Checkbox
              key={id}
              value={id}
              label={reachable ? name : `${name} (${texts.unreachable.no_phone})`}
            />
          ))}
          {gone.map((id) => (
            <Checkbox key={id} value={id} label={nameOf(id)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NumberInput
        label={texts.wait}
        description={texts.waitHint}
        min={least}
        max={most}
        clampBehavior="none"
        value={wait}
        error={tried && !isWaitRight && between(least, most)}
        onChange={setWait}
      />
    </EntryDialog>
  );
}
