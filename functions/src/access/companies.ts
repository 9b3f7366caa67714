import type { Firestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { stored } from '../paths.ts';
import { ReachingPolicy } from './reaching-policy.ts';

export const COMPANY_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** `company`: every supervisor sees every call. `own`: the assigned ones only (see visibility.ts). */
export const VisibilityPolicy = z.enum(['company', 'own']);
export type VisibilityPolicy = z.infer<typeof VisibilityPolicy>;

/** The shortest time for which calls are kept: nothing late may come after its call was purged. */
export const LEAST_RETENTION_DAYS = 30;

/** What the company asks of itself, in seconds: its reports tell how often each was met. */
export const Targets = z.object({
  /** From the caller's first words until Aurora has answered them. */
  answer_seconds: z.number().int().min(1).max(60).default(3),
  /** From the urgent words until somebody of the company has accepted the page. */
  acknowledge_seconds: z.number().int().min(5).max(3_600).default(60),
  /** From the urgent words until somebody of the company has the call. */
  takeover_seconds: z.number().int().min(5).max(7_200).default(180),
});
export type Targets = z.infer<typeof Targets>;

/** A company's settings, as `companies/{id}` holds them; what is absent has its default. */
export const Company = z.object({
  name: z.string().default(''),
  time_zone: z.string().default('Asia/Kolkata'),
  languages: z.array(z.string()).default(['en-IN']),
  emergency_number: z
    .string()
    .regex(/^\+?[0-9]{2,15}$/)
    .optional(),
  visibility: VisibilityPolicy.default('company'),
  /** Days after which archived calls are removed; absent: never. */
  retention_days: z.number().int().min(LEAST_RETENTION_DAYS).max(36_500).optional(),
  /** Whether supervisors have to sign in with a second factor. */
  require_totp: z.boolean().default(false),
  targets: Targets.default(() => Targets.parse({})),
  /** How people are fetched; see reaching-policy.ts. */
  reaching: ReachingPolicy.default(() => ReachingPolicy.parse({})),
});
export type Company = z.infer<typeof Company>;

export interface Companies {
  /** The settings, or the defaults for a company that has no document. Throws when unreadable. */
  of(companyId: string): Promise<Company>;
  /** For whoever has just changed them on this instance. */
  forget(companyId: string): void;
}

/** Milliseconds for which settings are used again. */
const FRESH = 10_000;

/** Companies' settings from Firestore; when it does not answer, the last known ones are used. */
export function createCompanies(options: {
  firestore: () => Promise<Firestore>;
  /** Epoch milliseconds. */
  now: () => number;
}): Companies {
  const known = new Map<string, { at: number; company: Company }>();

  async function of(companyId: string): Promise<Company> {
    const last = known.get(companyId);
    if (last && options.now() - last.at < FRESH) return last.company;
    try {
      const firestore = await options.firestore();
      const document = await firestore.doc(stored.company(companyId)).get();
      const company = Company.parse(document.data() ?? {});
      known.set(companyId, { at: options.now(), company });
      return company;
    } catch (error) {
      if (last) return last.company;
      throw error;
    }
  }

  return { of, forget: (companyId) => void known.delete(companyId) };
}
