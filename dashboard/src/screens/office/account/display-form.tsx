import {
  Group,
  type MantineColorScheme,
  Radio,
  Stack,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { accountTexts } from '../../../texts/office/account.ts';
import {
  chooseLanguage,
  LANGUAGE_NAMES,
  type Language,
  useLanguage,
  useTexts,
} from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';

/** As the menu of the account has it; it holds for this browser. */
export function DisplayForm() {
  const { display } = useTextsOf(accountTexts);
  const { account } = useTexts();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack component="section" aria-label={display}>
      <Title order={2} size="h4">
        {display}
      </Title>
      <Radio.Group
        label={account.language}
        value={language}
        onChange={(value) => chooseLanguage(value as Language)}
      >
        <Group mt="xs">
          {(Object.keys(LANGUAGE_NAMES) as Language[]).map((tag) => (
            <Radio key={tag} value={tag} label={LANGUAGE_NAMES[tag]} lang={tag} />
          ))}
        </Group>
      </Radio.Group>
      <Radio.Group
        label={account.appearance}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        <Group mt="xs">
          {(['light', 'dark', 'auto'] as const).map((scheme) => (
            <Radio
              key={scheme}
              value={scheme}
              label={scheme === 'auto' ? account.system : account[scheme]}
            />
          ))}
        </Group>
      </Radio.Group>
    </Stack>
  );
}
