import { Button } from '@mantine/core';
import classes from './keypad.module.css';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** The keys of a telephone; with one of them in focus, the keyboard's own digits press, too. */
export function Keypad({ onPress }: { onPress: (key: string) => void }) {
  const { keys: texts } = useTelephoneTexts();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      role="group"
      aria-label={texts.title}
      className={classes.keys}
      onKeyDown={({ key, ctrlKey, metaKey, altKey }) => {
        if (ctrlKey || metaKey || altKey) return;
        if (KEYS.some((known) => known === key)) onPress(key);
      }}
    >
      {KEYS.map((key) => (
        <Button
          key={key}
          variant="default"
          size="compact-md"
          aria-label={texts.names[key]}
          onClick={() => onPress(key)}
        >
          {key}
        </Button>
      ))}
    </div>
  );
}
