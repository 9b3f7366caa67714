/** What must be known of a call that is over, live or archived. */
export interface PastCall {
  /** ISO 8601; a call that was archived without an end ended with its last message. */
  endedAt: string;
  messageIds: ReadonlySet<string>;
}
