import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { ApiError } from '../../../api/ask.ts';

/** Why something was not saved, as a form can show it. */
export interface Refusal {
  /** By the field's path, such as `name` or `rota.0.days`. */
  fields: Record<string, string>;
  /** What no field of the form can tell; undefined where the fields tell it all. */
  message: string | undefined;
}

/** `known` are the fields that the form has. Nothing is told of a session that is over: a dialog does. */
export function refusalOf(error: unknown, known: readonly string[]): Refusal {
  if (!(error instanceof ApiError)) {
    return { fields: {}, message: error instanceof Error ? error.message : String(error) };
  }
  if (error.status === 401) return { fields: {}, message: undefined };
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const { path, message } of namedIn(error.details)) {
    if (known.includes(path.split('.')[0] ?? '')) fields[path] ??= message;
    else others.push(path === '' ? message : `${path}: ${message}`);
  }
  const isToldByFields = Object.keys(fields).length > 0 && others.length === 0;
  return { fields, message: isToldByFields ? undefined : [error.message, ...others].join(' ') };
}

function namedIn(details: unknown): { path: string; message: string }[] {
  const { fields } = (details ?? {}) as { fields?: unknown };
  return Array.isArray(fields) ? fields : [];
}

/** Shows what is wrong with the fields of a form, and leads to the first of them. */
export function showErrors<T>(form: UseFormReturnType<T>, errors: Record<string, ReactNode>): void {
  form.setErrors(errors);
  const [first] = Object.keys(errors);
  if (first !== undefined)
    document.querySelector<HTMLElement>(`[data-path="${CSS.escape(first)}"]`)?.focus();
}
