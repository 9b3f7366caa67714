import { IconAlertTriangle, IconCircleCheck, IconUrgent } from '@tabler/icons-react';
import type { Operations } from '../../../api/types.ts';
import { operationsTexts } from '../../../texts/office/operations.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import classes from './state-mark.module.css';

export type State = Operations['state'];

const ICONS = { ok: IconCircleCheck, warning: IconAlertTriangle, critical: IconUrgent } as const;

/** Shape, word and colour. */
export function StateMark({ state }: { state: State }) {
  const { states } = useTextsOf(operationsTexts);
  const Icon = ICONS[state];
  return (
    <span className={classes.mark} data-state={state}>
      <Icon aria-hidden size="1.15em" />
      {states[state]}
    </span>
  );
}
