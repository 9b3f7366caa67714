import type { Reply } from '../assistant/assistant.ts';
import type { CallStarted } from '../calls/model.ts';

/** What a turn came to, as far as people have to be fetched for it. */
export interface Judged {
  started: CallStarted;
  /** ISO 8601. */
  at: string;
  key: string | undefined;
  isSilent: boolean;
  /** Of these words, or of this silence. */
  urgency: Reply['urgency'];
  rung: string | undefined;
}

export interface OnCall {
  /**
   * Begins to fetch people where the turn calls for it. Resolves when the task that guarantees it is
   * confirmed or given up, in bounded time, beside the turn's other tasks; never rejects.
   */
  afterReply(judged: Judged): Promise<void>;
  /** Whether a company has anybody who can be rung, as far as this instance knows. */
  reaches(companyId: string): boolean;
  /** Told of the company of each call that was greeted, to bring near what fetching needs. */
  warm(companyId: string): void;
}
