import { Alert, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { commonTexts } from '../../../texts/office/common.ts';
import { useTextsOf } from '../../../texts/use-texts-of.ts';
import { EditingForm } from '../editing/editing-form.tsx';
import type { MergeOfferProps } from '../editing/merge-offer.tsx';
import type { Editing } from '../editing/use-editing.ts';

interface CompanyFormProps<T> extends Omit<MergeOfferProps<T>, 'offer'> {
  form: UseFormReturnType<T>;
  editing: Editing<T>;
  readOnly: boolean;
  children: ReactNode;
}

/** A form of the company's, for a company admin; for others the same to look at. */
export function CompanyForm<T extends object>({ readOnly, ...props }: CompanyFormProps<T>) {
  const { readOnly: told } = useTextsOf(commonTexts);
  const isShown = props.editing.state === 'ready' && readOnly;
  if (!isShown) return <EditingForm {...props} />;
  return (
    <Stack>
      <Alert color="blue">{told}</Alert>
      {props.children}
    </Stack>
  );
}
