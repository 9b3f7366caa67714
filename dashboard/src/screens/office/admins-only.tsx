import { Alert, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { session } from '../../session/session.ts';
import { commonTexts } from '../../texts/office/common.ts';
import { useTextsOf } from '../../texts/use-texts-of.ts';

/** Whether whoever is signed in manages the company; the API decides it once more. */
export function useIsCompanyAdmin(): boolean {
  return useStore(session, (now) => 'admin' in now && now.admin.role === 'company_admin');
}

/** A screen for company admins. Others who come here by its address are told so, and nothing is asked. */
export function AdminsOnly({ title, children }: { title: string; children: ReactNode }) {
  const { forbidden } = useTextsOf(commonTexts);
  if (useIsCompanyAdmin()) return children;
  return (
    <Stack>
      <Title order={1} size="h3">
        {title}
      </Title>
      <Alert color="blue" role="alert">
        {forbidden}
      </Alert>
    </Stack>
  );
}
