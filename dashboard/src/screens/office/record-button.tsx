import { Button } from '@mantine/core';
import { commonTexts } from '../../texts/office/common.ts';
import { useTextsOf } from '../../texts/use-texts-of.ts';

interface RecordButtonProps {
  /** What it does, as it shows: "Edit". */
  action: string;
  /** The record's name: those who do not see beside which record a button stands hear it. */
  of: string;
  size?: 'compact-sm' | 'compact-md';
  onClick: () => void;
}

/** One of the buttons that each record of a list has. */
export function RecordButton({ action, of, size = 'compact-md', onClick }: RecordButtonProps) {
  const common = useTextsOf(commonTexts);
  return (
    <Button variant="default" size={size} aria-label={common.of(action, of)} onClick={onClick}>
      {action}
    </Button>
  );
}
