import { useForm } from '@mantine/form';
import { commonTexts } from '../../../texts/office/common.ts';
import { settingsTexts } from '../../../texts/office/settings.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { BOUNDS, type Bounded, isWithin } from './bounds.ts';
import type { CompanyFields } from './company-fields.ts';

export type SettingsForm = ReturnType<typeof useSettingsForm>;

/** Before the company is known: what the API has where nothing is stored. */
export const EMPTY_COMPANY: CompanyFields = {
  name: '',
  time_zone: '',
  languages: [],
  emergency_number: null,
  visibility: 'company',
  retention_days: null,
  require_totp: false,
  answer_seconds: 3,
  acknowledge_seconds: 60,
  takeover_seconds: 180,
  steps: [],
  rota: [],
  days_off: [],
  repeats: 0,
  accept_seconds: 60,
  dial_emergency: false,
  call_back: true,
  unanswered: 'always',
  countries: [],
};

/** The form of the company's settings, with what can be said of them without asking. */
export function useSettingsForm() {
  const { required } = useTextsOf(commonTexts);
  const texts = useTextsOf(settingsTexts);
  const bounded = (name: Bounded) => (value: unknown) =>
    isWithin(name, value) ? null : texts.between(BOUNDS[name][0], BOUNDS[name][1]);
  return useForm<CompanyFields>({
    initialValues: EMPTY_COMPANY,
    validate: {
      name: (value) => (value.trim() === '' ? required : null),
      emergency_number: (value) =>
        value === null || /^\+?[0-9]{2,15}$/.test(value) ? null : texts.emergencyNumberForm,
      retention_days: (value) => (value === null ? null : bounded('retention_days')(value)),
      answer_seconds: bounded('answer_seconds'),
      acknowledge_seconds: bounded('acknowledge_seconds'),
      takeover_seconds: bounded('takeover_seconds'),
    },
  });
}
