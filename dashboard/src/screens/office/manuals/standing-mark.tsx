import { Badge } from '@mantine/core';
import {
  IconBan,
  IconCircleCheck,
  IconHistory,
  IconHourglass,
  IconPencil,
  IconVolume,
} from '@tabler/icons-react';
import { manualsTexts } from '../../../texts/office/manuals.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import type { Standing } from './standing.ts';
import classes from './standing-mark.module.css';

const ICONS = {
  draft: IconPencil,
  waiting: IconHourglass,
  approved: IconCircleCheck,
  published: IconVolume,
  replaced: IconHistory,
  withdrawn: IconBan,
} as const;

export function StandingMark({ standing }: { standing: Standing }) {
  const { states } = useTextsOf(manualsTexts);
  const Icon = ICONS[standing];
  return (
    <Badge
      variant="default"
      size="lg"
      className={classes.mark ?? ''}
      leftSection={<Icon size={14} aria-hidden />}
    >
      {states[standing]}
    </Badge>
  );
}
