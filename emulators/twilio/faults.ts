/**
 * What Twilio finds wrong with an answer. The numbers are Twilio's own (twilio.com/docs/api/errors)
 * and so is the consequence: an `error` ends the document and sends the call to the fallback URL, a
 * `warning` drops the offending piece and goes on. 12200 (schema validation) stands for every piece
 * that has no number of its own here.
 */
const FAULT_TABLE = {
  'invalid-url': { code: 11100, severity: 'error' },
  'http-status': { code: 11200, severity: 'error' },
  'late-answer': { code: 11200, severity: 'error' },
  'broken-answer': { code: 11200, severity: 'error' },
  'connection-failed': { code: 11205, severity: 'error' },
  'too-many-http-redirects': { code: 11215, severity: 'error' },
  'document-too-long': { code: 11750, severity: 'error' },
  'invalid-xml': { code: 12100, severity: 'error' },
  'wrong-root': { code: 12102, severity: 'error' },
  'wrong-content-type': { code: 12300, severity: 'error' },
  'redirect-loop': { code: 12400, severity: 'error' },
  'invalid-connection-override': { code: 11100, severity: 'warning' },
  'unknown-verb': { code: 12200, severity: 'warning' },
  'unknown-attribute': { code: 12200, severity: 'warning' },
  'invalid-attribute': { code: 12200, severity: 'warning' },
  'verb-not-allowed-here': { code: 12200, severity: 'warning' },
  'stray-text': { code: 12200, severity: 'warning' },
  'transcription-name-taken': { code: 12200, severity: 'warning' },
  'say-empty': { code: 13520, severity: 'warning' },
  'say-too-long': { code: 13521, severity: 'warning' },
  'conference-refused': { code: 13240, severity: 'warning' },
  'message-too-long': { code: 14103, severity: 'warning' },
  'status-callback-refused': { code: 15003, severity: 'warning' },
} as const satisfies Record<string, { code: number; severity: 'error' | 'warning' }>;

export type FaultKind = keyof typeof FAULT_TABLE;

export interface Fault {
  readonly kind: FaultKind;
  /** Twilio's error number. */
  readonly code: number;
  readonly severity: 'error' | 'warning';
  /** One sentence: what is wrong, and where. Never the caller's words. */
  readonly message: string;
  /** The document or webhook it was found in; empty for a document that came over REST. */
  readonly url: string;
}

/** @param code Twilio's more exact number for this case, where it has one. */
export function fault(kind: FaultKind, message: string, url: string, code?: number): Fault {
  const row = FAULT_TABLE[kind];
  return { kind, code: code ?? row.code, severity: row.severity, message, url };
}
