import { type MantineColorScheme, NativeSelect, useMantineColorScheme } from '@mantine/core';
import {
  chooseLanguage,
  LANGUAGE_NAMES,
  type Language,
  useLanguage,
} from '../../src/texts/texts.ts';
import classes from './appearance.module.css';
import { useTelephoneTexts } from './texts/use-telephone-texts.ts';

/** The page's language and whether it is light or dark. */
export function Appearance() {
  const texts = useTelephoneTexts();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.choices}>
      <NativeSelect
        aria-label={texts.language}
        value={language}
        onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
        data={Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))}
      />
      <NativeSelect
        aria-label={texts.appearance}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
        data={Object.entries(texts.scheme).map(([value, label]) => ({ value, label }))}
      />
    </div>
  );
}
