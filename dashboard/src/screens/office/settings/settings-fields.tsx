import {
  Fieldset,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Radio,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useMemo } from 'react';
import { settingsTexts } from '../../../texts/office/settings.ts';
import { useLanguage } from '../../../texts/texts.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { BOUNDS } from './bounds.ts';
import { countriesIn } from './countries.ts';
import { LanguagesInput } from './languages-input.tsx';
import type { SettingsForm } from './use-settings-form.ts';

interface FieldsProps {
  form: SettingsForm;
  readOnly: boolean;
}

/** All settings of the company but those of the screen On call. */
export function SettingsFields(props: FieldsProps) {
  return (
    <>
      <CompanyFieldset {...props} />
      <CallersFieldset {...props} />
      <AccessFieldset {...props} />
      <KeepingFieldset {...props} />
      <TargetsFieldset {...props} />
    </>
  );
}

function CompanyFieldset({ form, readOnly }: FieldsProps) {
  const texts = useTextsOf(settingsTexts);
  const zone = form.values.time_zone;
  const zones = useMemo(
    () => [...new Set([zone, ...Intl.supportedValuesOf('timeZone')])].sort(),
    [zone],
  );
  return (
    <Fieldset legend={texts.company} disabled={readOnly}>
      <Stack>
        <TextInput label={texts.name} maxLength={200} dir="auto" {...form.getInputProps('name')} />
        <NativeSelect
          label={texts.timeZone}
          description={texts.timeZoneHint}
          data={zones}
          {...form.getInputProps('time_zone')}
        />
        <TextInput
          label={texts.emergencyNumber}
          description={texts.emergencyNumberHint}
          inputMode="tel"
          maxLength={16}
          {...form.getInputProps('emergency_number')}
          value={form.values.emergency_number ?? ''}
          onChange={({ currentTarget }) =>
            form.setFieldValue('emergency_number', currentTarget.value || null)
          }
        />
        <LanguagesInput
          label={texts.languages}
          description={texts.languagesHint}
          value={form.values.languages}
          error={form.errors.languages}
          readOnly={readOnly}
          onChange={(languages) => form.setFieldValue('languages', languages)}
        />
      </Stack>
    </Fieldset>
  );
}

function CallersFieldset({ form, readOnly }: FieldsProps) {
  const texts = useTextsOf(settingsTexts);
  const language = useLanguage();
  const countries = useMemo(() => countriesIn(language), [language]);
  return (
    <Fieldset legend={texts.callers} disabled={readOnly}>
      <Stack>
        <Switch
          label={texts.callBack}
          description={texts.callBackHint}
          {...form.getInputProps('call_back', { type: 'checkbox' })}
        />
        <Switch
          label={texts.dialEmergency}
          description={texts.dialEmergencyHint}
          {...form.getInputProps('dial_emergency', { type: 'checkbox' })}
        />
        <Radio.Group
          label={texts.unanswered}
          description={texts.unansweredHint}
          {...form.getInputProps('unanswered')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="always" label={texts.unansweredAlways} />
            <Radio value="urgent" label={texts.unansweredUrgent} />
          </Stack>
        </Radio.Group>
        <MultiSelect
          label={texts.countries}
          description={texts.countriesHint}
          placeholder={form.values.countries.length === 0 ? texts.countriesNone : ''}
          data={countries}
          searchable
          hidePickedOptions
          disabled={readOnly}
          maxValues={50}
          nothingFoundMessage={texts.countryUnknown}
          {...form.getInputProps('countries')}
        />
      </Stack>
    </Fieldset>
  );
}

function AccessFieldset({ form, readOnly }: FieldsProps) {
  const texts = useTextsOf(settingsTexts);
  return (
    <Fieldset legend={texts.access} disabled={readOnly}>
      <Stack>
        <Radio.Group label={texts.visibility} {...form.getInputProps('visibility')}>
          <Stack gap="xs" mt="xs">
            <Radio
              value="company"
              label={texts.visibilityCompany}
              description={texts.visibilityCompanyHint}
            />
            <Radio value="own" label={texts.visibilityOwn} description={texts.visibilityOwnHint} />
          </Stack>
        </Radio.Group>
        <Switch
          label={texts.secondFactor}
          description={texts.secondFactorHint}
          {...form.getInputProps('require_totp', { type: 'checkbox' })}
        />
      </Stack>
    </Fieldset>
  );
}

function KeepingFieldset({ form, readOnly }: FieldsProps) {
  const texts = useTextsOf(settingsTexts);
  const [least, most] = BOUNDS.retention_days;
  return (
    <Fieldset legend={texts.keeping} disabled={readOnly}>
      <NumberInput
        label={texts.retention}
        description={texts.retentionHint}
        placeholder={texts.retentionNone}
        min={least}
        max={most}
        clampBehavior="none"
        {...form.getInputProps('retention_days')}
        value={form.values.retention_days ?? ''}
        onChange={(value) =>
          form.setFieldValue('retention_days', value === '' ? null : (value as number))
        }
      />
    </Fieldset>
  );
}

const TARGETS = ['answer_seconds', 'acknowledge_seconds', 'takeover_seconds'] as const;

function TargetsFieldset({ form, readOnly }: FieldsProps) {
  const texts = useTextsOf(settingsTexts);
  return (
    <Fieldset legend={texts.targets} disabled={readOnly}>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.targetsHint}
        </Text>
        {TARGETS.map((name) => (
          <NumberInput
            key={name}
            label={texts.targetsOf[name].label}
            description={texts.targetsOf[name].hint}
            min={BOUNDS[name][0]}
            max={BOUNDS[name][1]}
            clampBehavior="none"
            {...form.getInputProps(name)}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
