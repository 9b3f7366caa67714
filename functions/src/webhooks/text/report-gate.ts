import type { ApiKeys } from '../../access/api-keys.ts';
import type { Gate, Principal } from '../../access/gate.ts';
import { AuroraError } from '../../errors.ts';

/** Whoever may report: a supervisor, or a program that holds a company's key. */
export interface Reporter extends Principal {
  /** Present for a program; `adminId` then is the key's id. */
  byKey?: true;
}

const KEY = /^Bearer +(aurora_[^\s]+) *$/i;

export interface ReportGateOptions {
  /** Of the supervisors; made when the first of them asks. */
  gate: () => Promise<Pick<Gate, 'admit'>>;
  verify: ApiKeys['verify'];
  /** What a database answers, or 503 in time. */
  available: <T>(reading: Promise<T>) => Promise<T>;
}

/**
 * Lets in supervisors by their token, and programs by an API key with the scope `report`, which may
 * do here what a supervisor may. The company is the key's or the supervisor's own (I6).
 */
export function createReportGate({ gate, verify, available }: ReportGateOptions) {
  async function admit(...asked: Parameters<Gate['admit']>): Promise<Reporter> {
    const secret = KEY.exec(asked[0] ?? '')?.[1];
    return secret === undefined ? (await supervisors()).admit(...asked) : admitKey(secret);
  }

  async function supervisors(): Promise<Pick<Gate, 'admit'>> {
    try {
      return await gate();
    } catch (cause) {
      const message = 'Supervisors’ tokens can’t be checked: Aurora is not set up. See its log.';
      throw new AuroraError(503, 'not_set_up', message, { cause });
    }
  }

  async function admitKey(secret: string): Promise<Reporter> {
    const key = await available(verify(secret));
    if (!key) {
      const message =
        'This API key is not valid, or not any more. Ask a company_admin for another.';
      throw new AuroraError(401, 'unauthorized', message);
    }
    if (!key.scopes.includes('report')) {
      const message = 'This needs an API key with the scope report. Ask a company_admin for one.';
      throw new AuroraError(403, 'forbidden', message);
    }
    return {
      adminId: key.id,
      companyId: key.companyId,
      role: 'supervisor',
      operator: false,
      tokenId: `key ${key.id}`,
      tokenIssuedAt: 0,
      tokenExpiresAt: Number.POSITIVE_INFINITY,
      byKey: true,
    };
  }

  return { admit };
}
