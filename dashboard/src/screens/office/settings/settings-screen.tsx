import { Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { CompanyView } from '../../../api/types.ts';
import { commonTexts } from '../../../texts/office/common.ts';
import { frameTexts } from '../../../texts/office/frame.ts';
import { settingsTexts } from '../../../texts/office/settings.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { useIsCompanyAdmin } from '../admins-only.tsx';
import { useEditing } from '../editing/use-editing.ts';
import { bodyOf, type CompanyFields, fieldsOf } from './company-fields.ts';
import { CompanyForm } from './company-form.tsx';
import { type Danger, dangersOf } from './dangers.ts';
import { DangersDialog } from './dangers-dialog.tsx';
import { SettingsFields } from './settings-fields.tsx';
import classes from './settings-screen.module.css';
import { putCompany, useCompany } from './use-company.ts';
import { useSettingsForm } from './use-settings-form.ts';
import { useShow } from './use-show.ts';

/** How the company works with Aurora. What takes something from somebody is confirmed first. */
export function SettingsScreen() {
  const { settings: title } = useTextsOf(frameTexts);
  const { labels } = useTextsOf(settingsTexts);
  const common = useTextsOf(commonTexts);
  const readOnly = !useIsCompanyAdmin();
  const company = useCompany();
  const form = useSettingsForm();
  const show = useShow();
  const [dangers, setDangers] = useState<readonly Danger[]>([]);

  const editing = useEditing<CompanyFields, CompanyView>({
    form,
    path: '/api/company',
    fieldsOf,
    bodyOf,
    auditTarget: company.data?.id ?? '',
    draftKey: 'settings',
    onSaved(saved) {
      putCompany(saved);
      notifications.show({ color: 'teal', message: common.saved });
    },
  });

  async function save(): Promise<void> {
    const known = company.data && fieldsOf(company.data);
    const found = known ? dangersOf(known, form.getValues()) : [];
    if (found.length > 0) setDangers(found);
    else await editing.save();
  }

  return (
    <Stack className={classes.settings}>
      <Title order={1} size="h3">
        {title}
      </Title>
      <CompanyForm
        form={form}
        editing={{ ...editing, save }}
        labels={labels}
        show={show}
        readOnly={readOnly}
      >
        <SettingsFields form={form} readOnly={readOnly} />
      </CompanyForm>
      <DangersDialog
        dangers={dangers}
        edited={form.values}
        onCancel={() => setDangers([])}
        onConfirm={() => {
          setDangers([]);
          void editing.save();
        }}
      />
    </Stack>
  );
}
