import { useForm } from '@mantine/form';
import { settingsTexts } from '../../../texts/office/settings.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { BOUNDS, type Bounded, isWithin } from '../settings/bounds.ts';
import { EMPTY_COMPANY } from '../settings/use-settings-form.ts';
import type { OnCallFields } from './on-call-fields.ts';

export type OnCallForm = ReturnType<typeof useOnCallForm>;

export function useOnCallForm() {
  const { between } = useTextsOf(settingsTexts);
  const bounded = (name: Bounded) => (value: unknown) =>
    isWithin(name, value) ? null : between(BOUNDS[name][0], BOUNDS[name][1]);
  const { rota: _, days_off: __, ...empty } = EMPTY_COMPANY;
  return useForm<OnCallFields>({
    initialValues: empty,
    validate: { repeats: bounded('repeats'), accept_seconds: bounded('accept_seconds') },
  });
}
