/** Twilio's refusals: a status, Twilio's number, a sentence. */
export class RestError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.name = 'RestError';
    this.status = status;
    this.code = code;
  }

  toJSON() {
    const more_info = `https://www.twilio.com/docs/errors/${this.code}`;
    return { code: this.code, message: this.message, more_info, status: this.status };
  }
}

export const notFound = (path: string) =>
  new RestError(404, 20404, `The requested resource ${path} was not found`);

export const badRequest = (message: string) => new RestError(400, 20001, message);
