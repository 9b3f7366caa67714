import {
  LOCAL_ACCOUNT_SID,
  LOCAL_AUTH_TOKEN,
  LOCAL_BASE_URL,
  LOCAL_TWILIO_PORT,
} from '../local-account.ts';

export interface LocalAddress {
  /** Where Aurora is, without a slash at its end. */
  readonly baseUrl: string;
  readonly restUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
}

/** @throws with a sentence for the person who typed it */
export function readAddress(
  url: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): LocalAddress {
  const localUrl =
    environment.AURORA_HOSTING_PORT === undefined
      ? LOCAL_BASE_URL
      : `http://127.0.0.1:${environment.AURORA_HOSTING_PORT}`;
  const baseUrl = url ?? environment.AURORA_URL ?? localUrl;
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new Error(`--url must be an http or https address, not "${baseUrl}"`);
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    restUrl: `http://127.0.0.1:${environment.AURORA_TWILIO_PORT ?? LOCAL_TWILIO_PORT}`,
    accountSid: environment.TWILIO_ACCOUNT_SID ?? LOCAL_ACCOUNT_SID,
    authToken: environment.TWILIO_AUTH_TOKEN ?? LOCAL_AUTH_TOKEN,
  };
}
