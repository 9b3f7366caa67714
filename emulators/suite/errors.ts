/** A failure the person at the keyboard can mend: printed as one sentence, without a stack. */
export class SuiteError extends Error {
  override name = 'SuiteError';
}
