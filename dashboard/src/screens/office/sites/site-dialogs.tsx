import { Textarea, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { commonTexts } from '../../../texts/office/common.ts';
import { sitesTexts } from '../../../texts/office/sites.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { EditingForm } from '../editing/editing-form.tsx';
import { useCreating } from '../editing/use-creating.ts';
import { type Editing, useEditing } from '../editing/use-editing.ts';
import {
  bodyOfSite,
  fieldsOfSite,
  isEmergencyNumber,
  NO_SITE,
  type Site,
  type SiteFields,
} from './site.ts';

interface DialogProps {
  onClose: () => void;
  onSaved: (site: Site) => void;
}

export function AddSiteDialog({ opened, ...props }: DialogProps & { opened: boolean }) {
  const texts = useTextsOf(sitesTexts);
  return (
    <Dialog opened={opened} onClose={props.onClose} title={texts.add}>
      <AddSite {...props} />
    </Dialog>
  );
}

export function EditSiteDialog({ site, ...props }: DialogProps & { site: Site | undefined }) {
  const texts = useTextsOf(sitesTexts);
  return (
    <Dialog opened={site !== undefined} onClose={props.onClose} title={texts.edit}>
      {site && <EditSite key={site.id} id={site.id} {...props} />}
    </Dialog>
  );
}

function AddSite({ onClose, onSaved }: DialogProps) {
  const form = useSiteForm();
  const editing = useCreating<SiteFields, Site>({
    form,
    path: '/api/sites',
    bodyOf: bodyOfSite,
    onSaved(site) {
      onSaved(site);
      onClose();
    },
  });
  return <SiteForm form={form} editing={editing} onClose={onClose} />;
}

function EditSite({ id, onClose, onSaved }: DialogProps & { id: string }) {
  const form = useSiteForm();
  const editing = useEditing<SiteFields, Site>({
    form,
    path: `/api/sites/${id}`,
    fieldsOf: fieldsOfSite,
    bodyOf: bodyOfSite,
    auditTarget: id,
    onSaved(site) {
      onSaved(site);
      onClose();
    },
  });
  return <SiteForm form={form} editing={editing} onClose={onClose} />;
}

function useSiteForm() {
  const texts = useTextsOf(sitesTexts);
  const common = useTextsOf(commonTexts);
  return useForm({
    initialValues: NO_SITE,
    validate: {
      name: (name) => (name.trim() === '' ? common.required : null),
      emergency_number: (number) => (isEmergencyNumber(number) ? null : texts.emergencyNumberWrong),
    },
  });
}

interface SiteFormProps {
  form: UseFormReturnType<SiteFields>;
  editing: Editing<SiteFields>;
  onClose: () => void;
}

function SiteForm({ form, editing, onClose }: SiteFormProps) {
  const texts = useTextsOf(sitesTexts);
  const labels = {
    name: texts.name,
    address: texts.address,
    assembly_point: texts.assemblyPoint,
    emergency_number: texts.emergencyNumber,
  };
  return (
    <EditingForm form={form} editing={editing} labels={labels} onCancel={onClose}>
      <TextInput
        label={labels.name}
        maxLength={120}
        required
        withAsterisk={false}
        data-autofocus
        autoFocus
        dir="auto"
        {...form.getInputProps('name')}
      />
      <Textarea
        label={labels.address}
        description={texts.addressHint}
        maxLength={500}
        rows={2}
        dir="auto"
        {...form.getInputProps('address')}
      />
      <TextInput
        label={labels.assembly_point}
        description={texts.assemblyPointHint}
        maxLength={500}
        dir="auto"
        {...form.getInputProps('assembly_point')}
      />
      <TextInput
        label={labels.emergency_number}
        description={texts.emergencyNumberHint}
        inputMode="tel"
        maxLength={30}
        {...form.getInputProps('emergency_number')}
      />
    </EditingForm>
  );
}
