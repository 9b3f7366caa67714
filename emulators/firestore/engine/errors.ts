/** The gRPC status codes that the engine answers with. */
export const Code = {
  OK: 0,
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
} as const;

/** An error that a client receives with this status code and sentence. */
export class FirestoreError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'FirestoreError';
    this.code = code;
  }
}

/** Shorthand for the commonest refusal: the request itself can never succeed. */
export function invalidArgument(message: string): FirestoreError {
  return new FirestoreError(Code.INVALID_ARGUMENT, message);
}
