import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { keysTexts } from '../../../texts/office/keys.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { EditingForm } from '../editing/editing-form.tsx';
import { useCreating } from '../editing/use-creating.ts';
import { ShownOnce } from '../shown-once.tsx';

interface MakeKeyDialogProps {
  opened: boolean;
  onClose: () => void;
  onMade: () => void;
}

/** Makes a key, then shows its secret, which nobody can be shown again. */
export function MakeKeyDialog({ opened, onClose, onMade }: MakeKeyDialogProps) {
  const texts = useTextsOf(keysTexts);
  const [secret, setSecret] = useState<string>();

  function close(): void {
    setSecret(undefined);
    onClose();
  }

  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={secret === undefined ? texts.make : texts.made}
      closeOnClickOutside={secret === undefined}
    >
      {secret === undefined ? (
        <KeyForm
          onCancel={close}
          onMade={(made) => {
            setSecret(made);
            onMade();
          }}
        />
      ) : (
        <ShownOnce label={texts.secret} value={secret} onClose={close}>
          {texts.secretHint}
        </ShownOnce>
      )}
    </Dialog>
  );
}

interface KeyFormProps {
  onMade: (secret: string) => void;
  onCancel: () => void;
}

function KeyForm({ onMade, onCancel }: KeyFormProps) {
  const texts = useTextsOf(keysTexts);
  const common = useTextsOf(commonTexts);
  const form = useForm({
    initialValues: { name: '', scopes: ['report'] },
    validate: {
      name: (name) => (name.trim() === '' ? common.required : null),
      scopes: (scopes) => (scopes.length === 0 ? texts.scopesMissing : null),
    },
  });
  const editing = useCreating<typeof form.values, { secret: string }>({
    form,
    path: '/api/api-keys',
    onSaved: ({ secret }) => onMade(secret),
  });
  return (
    <EditingForm
      form={form}
      editing={editing}
      labels={{ name: texts.name, scopes: texts.scopes }}
      submit={texts.make}
      onCancel={onCancel}
    >
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        maxLength={120}
        required
        withAsterisk={false}
        data-autofocus
        autoFocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group label={texts.scopes} {...form.getInputProps('scopes')}>
        <Stack gap="xs" mt="xs">
          {Object.entries(texts.scopeOf).map(([scope, name]) => (
            <Checkbox
              key={scope}
              value={scope}
              label={name}
              description={texts.scopeHintOf[scope]}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </EditingForm>
  );
}
