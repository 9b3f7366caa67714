import { describe, expect, it } from 'vitest';
import { bodyOfSupervisor, fieldsOfSupervisor, type Supervisor } from './supervisor.ts';

const asha: Supervisor = {
  id: 'asha',
  email: 'asha@plant.example',
  name: 'Asha Verma',
  role: 'company_admin',
  phone: null,
  disabled: false,
  has_password: true,
  has_totp: false,
};

describe('a supervisor in a form', () => {
  it('has an empty text where there is no phone, and is sent without one again', () => {
    const { email, name, role } = asha;
    expect(fieldsOfSupervisor(asha)).toEqual({ email, name, role, phone: '' });
    expect(bodyOfSupervisor(fieldsOfSupervisor(asha))).toEqual({ email, name, role, phone: null });
  });

  it('sends the changed fields alone', () => {
    expect(bodyOfSupervisor({ role: 'viewer' })).toEqual({ role: 'viewer' });
    expect(bodyOfSupervisor({ phone: ' +919812345678 ' })).toEqual({ phone: '+919812345678' });
    expect(bodyOfSupervisor({})).toEqual({});
  });
});
