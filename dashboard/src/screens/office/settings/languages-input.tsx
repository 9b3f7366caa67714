import { Group, Input, NativeSelect, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { languagesTexts } from '../../../texts/office/languages.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { SPOKEN, useLanguageName } from '../languages.ts';
import { OrderedList } from '../ordered-list.tsx';

const MOST = 10;

interface LanguagesInputProps {
  label: string;
  description: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  error?: React.ReactNode;
  readOnly?: boolean;
}

/** The languages of a call: it begins in the first one. */
export function LanguagesInput(props: LanguagesInputProps) {
  const { label, description, value, onChange, error, readOnly = false } = props;
  const texts = useTextsOf(languagesTexts);
  const languageName = useLanguageName();
  const id = useId();
  const others = SPOKEN.filter((tag) => !value.includes(tag));
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      labelElement="div"
      role="group"
      aria-labelledby={id}
      labelProps={{ id }}
    >
      <Stack gap="xs" mt="xs">
        <OrderedList
          items={value}
          label={label}
          nameOf={languageName}
          readOnly={readOnly}
          least={1}
          onChange={onChange}
          show={(tag, index) => (
            <Group gap="xs">
              <span>{languageName(tag)}</span>
              {index === 0 && (
                <Text size="sm" c="dimmed">
                  {texts.first}
                </Text>
              )}
              {!isSpoken(tag) && (
                <Text size="sm" c="dimmed">
                  {texts.noWords}
                </Text>
              )}
            </Group>
          )}
        />
        {!readOnly && others.length > 0 && value.length < MOST && (
          <NativeSelect
            aria-label={texts.add}
            value=""
            data={[
              { value: '', label: texts.add },
              ...others.map((tag) => ({ value: tag, label: languageName(tag) })),
            ]}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== '') onChange([...value, currentTarget.value]);
            }}
          />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function isSpoken(tag: string): boolean {
  return SPOKEN.some((known) => known.split('-')[0] === tag.split('-')[0]);
}
