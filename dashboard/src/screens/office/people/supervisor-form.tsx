import { Radio, Stack, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { commonTexts } from '../../../texts/office/common.ts';
import { peopleTexts } from '../../../texts/office/people.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { EditingForm } from '../editing/editing-form.tsx';
import type { Editing } from '../editing/use-editing.ts';
import { NOBODY, ROLES, type Role, type SupervisorFields } from './supervisor.ts';

export function useSupervisorForm() {
  const texts = useTextsOf(peopleTexts);
  const common = useTextsOf(commonTexts);
  return useForm({
    initialValues: NOBODY,
    validate: {
      email: (email) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : texts.emailWrong),
      name: (name) => (name.trim() === '' ? common.required : null),
    },
  });
}

interface SupervisorFormProps {
  form: UseFormReturnType<SupervisorFields>;
  editing: Editing<SupervisorFields>;
  submit?: string;
  /** Whether somebody is invited. */
  isNew?: boolean;
  isMe?: boolean;
  onCancel: () => void;
}

/** Who somebody is and what they may do; the roles are explained where one is chosen. */
export function SupervisorForm({
  form,
  editing,
  submit,
  isNew,
  isMe,
  onCancel,
}: SupervisorFormProps) {
  const texts = useTextsOf(peopleTexts);
  const labels = {
    email: texts.email,
    name: texts.name,
    role: texts.role,
    phone: texts.phone,
  };
  return (
    <EditingForm
      form={form}
      editing={editing}
      labels={labels}
      show={(field, value) => (field === 'role' ? texts.roles[value as Role] : String(value ?? ''))}
      {...(submit !== undefined && { submit })}
      onCancel={onCancel}
    >
      <TextInput
        label={labels.name}
        maxLength={120}
        required
        withAsterisk={false}
        data-autofocus
        autoFocus
        dir="auto"
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <TextInput
        label={labels.email}
        description={isNew ? texts.emailHint : `${texts.emailHint} ${texts.emailChange}`}
        type="email"
        maxLength={254}
        required
        withAsterisk={false}
        autoComplete="off"
        {...form.getInputProps('email')}
      />
      <Radio.Group
        label={labels.role}
        description={isNew ? undefined : isMe ? texts.ownRole : texts.lowerRole}
        {...form.getInputProps('role')}
      >
        <Stack gap="xs" mt="xs">
          {ROLES.map((role) => (
            <Radio
              key={role}
              value={role}
              label={texts.roles[role]}
              description={texts.roleHints[role]}
              disabled={isMe}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={labels.phone}
        description={texts.phoneHint}
        type="tel"
        maxLength={60}
        autoComplete="off"
        {...form.getInputProps('phone')}
      />
    </EditingForm>
  );
}
