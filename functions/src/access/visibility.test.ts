import { describe, expect, it } from 'vitest';
import { UNKNOWN_WORKER } from '../calls/started.ts';
import type { AdminRole } from './admin-record.ts';
import type { VisibilityPolicy } from './companies.ts';
import { maySee, type Viewer, type Visible } from './visibility.ts';

const mine = 'worker-of-asha';
const theirs = 'worker-of-omar';

function viewer(role: AdminRole, visibility: VisibilityPolicy): Viewer {
  return { adminId: 'asha', companyId: 'steel', role, visibility, workers: new Set([mine]) };
}

const quiet: Visible = { company_id: 'steel', worker_id: theirs, urgency: 'URGENT' };

/** Whether Asha sees the call under the policy `own`, by what is true of it. */
const CALLS: [string, Visible, boolean][] = [
  ['of a worker of mine', { ...quiet, worker_id: mine }, true],
  ['of a worker of mine, held by Aurora', { ...quiet, worker_id: mine, owner: aurora() }, true],
  ['of somebody else’s worker', quiet, false],
  ['of somebody else’s worker, held by Aurora', { ...quiet, owner: aurora() }, false],
  ['of somebody else’s worker, CRITICAL', { ...quiet, urgency: 'CRITICAL' }, true],
  ['of a worker whom nobody knows', { ...quiet, worker_id: UNKNOWN_WORKER }, true],
  ['assigned to me', { ...quiet, admin_id: 'asha' }, true],
  ['of a worker of mine, assigned to another', { ...quiet, worker_id: mine, admin_id: 'o' }, false],
  ['assigned to another, CRITICAL', { ...quiet, admin_id: 'omar', urgency: 'CRITICAL' }, true],
  ['assigned to another, who holds it', { ...quiet, admin_id: 'omar', owner: person() }, true],
  ['that no field assigns', { ...quiet, admin_id: null }, false],
];

function aurora() {
  return { kind: 'aurora' as const };
}

function person() {
  return { kind: 'supervisor' as const };
}

describe('who sees a call (I6)', () => {
  it.each(CALLS)('under `own`: %s', (_, call, seen) => {
    for (const role of ['viewer', 'supervisor'] as const) {
      expect(maySee(viewer(role, 'own'), call)).toBe(seen);
    }
  });

  it.each(CALLS)('a company_admin sees all under `own`: %s', (_, call) => {
    expect(maySee(viewer('company_admin', 'own'), call)).toBe(true);
  });

  it.each(CALLS)('under `company` everybody of it does: %s', (_, call) => {
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      expect(maySee(viewer(role, 'company'), call)).toBe(true);
    }
  });

  it.each(CALLS)('nobody of another company does, whatever is true of the call: %s', (_, call) => {
    for (const role of ['viewer', 'supervisor', 'company_admin'] as const) {
      for (const policy of ['company', 'own'] as const) {
        const stranger = { ...viewer(role, policy), companyId: 'paper' };
        expect(maySee(stranger, call)).toBe(false);
      }
    }
  });

  it('a call that is not there is seen by nobody', () => {
    expect(maySee(viewer('company_admin', 'company'), undefined)).toBe(false);
  });
});
