import { Alert, Button, Center, Group, Loader, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { editingTexts } from '../../../texts/office/editing.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Failure } from '../../../ui/failure.tsx';
import { MergeOffer, type MergeOfferProps } from './merge-offer.tsx';
import { showErrors } from './refusal.ts';
import type { Editing } from './use-editing.ts';

interface EditingFormProps<T> extends Omit<MergeOfferProps<T>, 'offer'> {
  form: UseFormReturnType<T>;
  editing: Editing<T>;
  /** What the button says that saves; absent: Save. */
  submit?: string;
  /** Adds a button that forgets what was typed. */
  onCancel?: () => void;
  children: ReactNode;
}

/** A dialog sets the focus before the record is there, and so before there is a field to set it to. */
function beginAtFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
}

/** A form around the fields of a record, with what can come between: nothing known, refused, changed meanwhile. */
export function EditingForm<T extends object>(props: EditingFormProps<T>) {
  const { form, editing, labels, show, submit, onCancel, children } = props;
  const { save, cancel } = useTextsOf(commonTexts);
  const texts = useTextsOf(editingTexts);
  if (editing.state === 'loading') {
    return (
      <Center py="xl">
        <Loader />
      </Center>
    );
  }
  const refused = editing.failure !== undefined && <Failure>{editing.failure}</Failure>;
  if (editing.state === 'failed') return refused;
  return (
    <form
      ref={beginAtFirst}
      onSubmit={form.onSubmit(
        () => editing.save(),
        (errors) => showErrors(form, errors),
      )}
      noValidate
    >
      <Stack>
        {editing.isRestored && (
          <Alert color="blue" role="status">
            <Group justify="space-between">
              {texts.restored}
              <Button size="compact-sm" variant="default" onClick={editing.discard}>
                {texts.discard}
              </Button>
            </Group>
          </Alert>
        )}
        {children}
        {refused}
        {editing.offer && <MergeOffer offer={editing.offer} labels={labels} show={show} />}
        <Group justify="flex-end">
          {onCancel && (
            <Button
              variant="default"
              onClick={() => {
                editing.discard();
                onCancel();
              }}
            >
              {cancel}
            </Button>
          )}
          <Button type="submit" loading={editing.busy}>
            {submit ?? save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
