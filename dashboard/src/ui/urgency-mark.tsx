import { IconAlertTriangle, IconFlame, IconPointFilled } from '@tabler/icons-react';
import type { Urgency } from '../api/types.ts';
import { useTexts } from '../texts/texts.ts';
import classes from './urgency-mark.module.css';

const ICONS = { CRITICAL: IconFlame, URGENT: IconAlertTriangle, NORMAL: IconPointFilled } as const;

/** Colour, shape and word: none alone carries the meaning. */
export function UrgencyMark({ urgency, large = false }: { urgency: Urgency; large?: boolean }) {
  const texts = useTexts();
  const Icon = ICONS[urgency];
  return (
    <span className={classes.mark} data-urgency={urgency} data-large={large || undefined}>
      <Icon aria-hidden size="1.15em" />
      {texts.urgency[urgency]}
    </span>
  );
}
