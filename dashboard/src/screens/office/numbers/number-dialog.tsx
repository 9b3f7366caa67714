import { NativeSelect, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { NumberView } from '../../../api/types.ts';
import { numbersTexts } from '../../../texts/office/numbers.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { EditingForm } from '../editing/editing-form.tsx';
import { useEditing } from '../editing/use-editing.ts';
import { useLanguageName } from '../languages.ts';
import { LanguagesInput } from '../settings/languages-input.tsx';
import { useCompany } from '../settings/use-company.ts';
import { useSites } from '../sites/site.ts';

type Fields = Omit<NumberView, 'number'>;

interface NumberDialogProps {
  number: string;
  onClose: () => void;
  onSaved: (saved: NumberView) => void;
}

/** Where whoever dials the number is, and what is spoken there. */
export function NumberDialog({ number, onClose, onSaved }: NumberDialogProps) {
  const texts = useTextsOf(numbersTexts);
  const languageName = useLanguageName();
  const company = useCompany();
  const sites = useSites();
  const form = useForm<Fields>({ initialValues: { site_id: null, languages: null } });
  const editing = useEditing<Fields, NumberView>({
    form,
    path: `/api/numbers/${encodeURIComponent(number)}`,
    fieldsOf: ({ site_id, languages }) => ({ site_id, languages }),
    auditTarget: number,
    onSaved,
  });
  const siteName = (id: string) => sites.data?.find((site) => site.id === id)?.name ?? id;
  const { site_id, languages } = form.values;
  const unknownSite =
    site_id !== null && !sites.data?.some(({ id }) => id === site_id)
      ? [{ value: site_id, label: siteName(site_id) }]
      : [];

  function show(field: keyof Fields, value: unknown): string {
    if (field === 'site_id') return value === null ? texts.noSite : siteName(String(value));
    return Array.isArray(value) ? value.map(languageName).join(', ') : texts.companyLanguages;
  }

  return (
    <Dialog opened onClose={onClose} title={texts.edit(number)}>
      <EditingForm
        form={form}
        editing={editing}
        labels={{ site_id: texts.site, languages: texts.languages }}
        show={show}
        onCancel={onClose}
      >
        <NativeSelect
          label={texts.site}
          description={texts.siteHint}
          data={[
            { value: '', label: texts.noSite },
            ...(sites.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ...unknownSite,
          ]}
          {...form.getInputProps('site_id')}
          value={site_id ?? ''}
          onChange={({ currentTarget }) =>
            form.setFieldValue('site_id', currentTarget.value || null)
          }
        />
        <Switch
          label={texts.ownLanguages}
          description={texts.ofCompany(
            (company.data?.languages ?? []).map(languageName).join(', '),
          )}
          checked={languages !== null}
          onChange={({ currentTarget }) =>
            form.setFieldValue(
              'languages',
              currentTarget.checked ? (company.data?.languages ?? ['en-IN']) : null,
            )
          }
        />
        {languages && (
          <LanguagesInput
            label={texts.languages}
            description={texts.languagesHint}
            value={languages}
            error={form.errors.languages}
            onChange={(value) => form.setFieldValue('languages', value)}
          />
        )}
      </EditingForm>
    </Dialog>
  );
}
