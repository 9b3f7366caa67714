/** What a refusal is, for both doors: the WebSocket status and the REST status. */
export type DatabaseErrorCode =
  | 'invalid_data'
  | 'invalid_path'
  | 'invalid_query'
  | 'index_not_defined'
  | 'write_too_big'
  | 'permission_denied'
  | 'invalid_token'
  | 'expired_token'
  | 'unsupported';

const httpStatusByCode: Record<DatabaseErrorCode, number> = {
  invalid_data: 400,
  invalid_path: 400,
  invalid_query: 400,
  index_not_defined: 400,
  write_too_big: 400,
  permission_denied: 401,
  invalid_token: 401,
  expired_token: 401,
  unsupported: 501,
};

/** A refusal that the client caused; the message is safe to send to it. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;
  readonly httpStatus: number;

  constructor(code: DatabaseErrorCode, message: string) {
    super(message);
    this.name = 'DatabaseError';
    this.code = code;
    this.httpStatus = httpStatusByCode[code];
  }
}
