import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import type { Conflict } from './merge.ts';

type Side = 'mine' | 'theirs';

/** What somebody else changed too, to be decided field by field. */
export interface Offer<T> {
  /** The id of who changed it; undefined where nobody could tell. */
  who: string | undefined;
  conflicts: readonly Conflict<T>[];
  choices: Partial<Record<keyof T, Side>>;
  /** Whether they tried to save while something was undecided. */
  isIncomplete: boolean;
  choose(conflict: Conflict<T>, side: Side): void;
}

/** Puts what is chosen into the form, which is then saved as always. */
export function useOffer<T extends object>(form: UseFormReturnType<T>) {
  const [open, setOpen] = useState<Omit<Offer<T>, 'choose'>>();

  function choose(conflict: Conflict<T>, side: Side): void {
    form.setValues({ [conflict.field]: conflict[side] } as unknown as Partial<T>);
    setOpen((now) => now && { ...now, choices: { ...now.choices, [conflict.field]: side } });
  }

  const conflicts = {
    show: (found: readonly Conflict<T>[], who: string | undefined) =>
      setOpen({ who, conflicts: found, choices: {}, isIncomplete: false }),
    clear: () => setOpen(undefined),
    areDecided(): boolean {
      const isDecided = (open?.conflicts ?? []).every(({ field }) => open?.choices[field]);
      if (!isDecided) setOpen((now) => now && { ...now, isIncomplete: true });
      return isDecided;
    },
  };
  const offer: Offer<T> | undefined = open && { ...open, choose };
  return [offer, conflicts] as const;
}
