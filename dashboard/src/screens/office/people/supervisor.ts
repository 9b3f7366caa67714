import { useQuery } from '@tanstack/react-query';
import { allPages } from '../all-pages.ts';

export type Role = 'viewer' | 'supervisor' | 'company_admin';

export const ROLES: readonly Role[] = ['viewer', 'supervisor', 'company_admin'];

export interface Supervisor {
  id: string;
  email: string;
  name: string;
  role: Role;
  phone: string | null;
  disabled: boolean;
  has_password: boolean;
  has_totp: boolean;
}

/** A one-time link, which is told once. */
export interface OneTimeLink {
  url: string;
  expires_at: string;
}

/** A supervisor as a form has one: nothing is an empty text there. */
export interface SupervisorFields {
  email: string;
  name: string;
  role: Role;
  phone: string;
}

/** What is most often chosen for somebody new. */
export const NOBODY: SupervisorFields = { email: '', name: '', role: 'supervisor', phone: '' };

export function fieldsOfSupervisor({ email, name, role, phone }: Supervisor): SupervisorFields {
  return { email, name, role, phone: phone ?? '' };
}

/** As the API takes it: an empty phone is none. */
export function bodyOfSupervisor({ phone, ...fields }: Partial<SupervisorFields>) {
  return { ...fields, ...(phone !== undefined && { phone: phone.trim() || null }) };
}

export const SUPERVISORS = ['supervisors'] as const;

/** Everybody who may sign in for the company, by name. */
export function useSupervisors() {
  return useQuery({
    queryKey: SUPERVISORS,
    queryFn: ({ signal }) => allPages<Supervisor>('/api/admins', signal),
  });
}
