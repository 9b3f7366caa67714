import { NativeSelect, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { commonTexts } from '../../../texts/office/common.ts';
import { workersTexts } from '../../../texts/office/workers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { plain } from '../../../ui/plain.ts';
import { EditingForm } from '../editing/editing-form.tsx';
import { useCreating } from '../editing/use-creating.ts';
import { type Editing, useEditing } from '../editing/use-editing.ts';
import { useNames } from './use-names.ts';
import {
  bodyOfWorker,
  fieldsOfWorker,
  NO_WORKER,
  type Worker,
  type WorkerFields,
} from './worker.ts';

interface DialogProps {
  onClose: () => void;
  onSaved: (worker: Worker) => void;
}

export function AddWorkerDialog({ opened, ...props }: DialogProps & { opened: boolean }) {
  const texts = useTextsOf(workersTexts);
  return (
    <Dialog opened={opened} onClose={props.onClose} title={texts.add}>
      <AddWorker {...props} />
    </Dialog>
  );
}

export function EditWorkerDialog({ id, ...props }: DialogProps & { id: string | undefined }) {
  const texts = useTextsOf(workersTexts);
  return (
    <Dialog opened={id !== undefined} onClose={props.onClose} title={texts.edit}>
      {id !== undefined && <EditWorker key={id} id={id} {...props} />}
    </Dialog>
  );
}

function AddWorker({ onClose, onSaved }: DialogProps) {
  const form = useWorkerForm();
  const editing = useCreating<WorkerFields, Worker>({
    form,
    path: '/api/workers',
    bodyOf: bodyOfWorker,
    onSaved(worker) {
      onSaved(worker);
      onClose();
    },
  });
  return <WorkerForm form={form} editing={editing} onClose={onClose} />;
}

function EditWorker({ id, onClose, onSaved }: DialogProps & { id: string }) {
  const form = useWorkerForm();
  const editing = useEditing<WorkerFields, Worker>({
    form,
    path: `/api/workers/${encodeURIComponent(id)}`,
    fieldsOf: fieldsOfWorker,
    bodyOf: bodyOfWorker,
    auditTarget: id,
    onSaved(worker) {
      onSaved(worker);
      onClose();
    },
  });
  return <WorkerForm form={form} editing={editing} onClose={onClose} />;
}

function useWorkerForm() {
  const { required } = useTextsOf(commonTexts);
  const given = (text: string) => (text.trim() === '' ? required : null);
  return useForm({ initialValues: NO_WORKER, validate: { name: given, mobile_no: given } });
}

interface WorkerFormProps {
  form: UseFormReturnType<WorkerFields>;
  editing: Editing<WorkerFields>;
  onClose: () => void;
}

function WorkerForm({ form, editing, onClose }: WorkerFormProps) {
  const texts = useTextsOf(workersTexts);
  const common = useTextsOf(commonTexts);
  const { nameOf, choicesOf } = useNames();
  const labels = {
    name: texts.name,
    mobile_no: texts.number,
    site_id: texts.site,
    admin_id: texts.supervisor,
    language: texts.language,
  };

  function choice(field: 'site_id' | 'admin_id' | 'language', none: string, description?: string) {
    return (
      <NativeSelect
        label={labels[field]}
        description={description}
        data={[{ value: '', label: none }, ...choicesOf(field, form.values[field])]}
        {...form.getInputProps(field)}
      />
    );
  }

  return (
    <EditingForm
      form={form}
      editing={editing}
      labels={labels}
      show={(field, value) => plain(nameOf(field, String(value ?? '')))}
      onCancel={onClose}
    >
      <TextInput
        label={labels.name}
        maxLength={120}
        required
        withAsterisk={false}
        data-autofocus
        dir="auto"
        {...form.getInputProps('name')}
      />
      <TextInput
        label={labels.mobile_no}
        description={texts.numberHint}
        type="tel"
        maxLength={60}
        required
        withAsterisk={false}
        {...form.getInputProps('mobile_no')}
      />
      {choice('site_id', common.none)}
      {choice('admin_id', common.none, texts.supervisorHint)}
      {choice('language', texts.ofTheCall, texts.languageHint)}
    </EditingForm>
  );
}
