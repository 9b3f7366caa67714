import twilio from 'twilio';
import { LOCAL_ACCOUNT_SID, LOCAL_AUTH_TOKEN } from './local-account.ts';

/** Twilio's own client, sent to the stand-in instead of api.twilio.com. */
export function restClient(restUrl: string, authToken = LOCAL_AUTH_TOKEN) {
  const real = new twilio.RequestClient();
  const httpClient = Object.create(real) as twilio.RequestClient;
  httpClient.request = (options) =>
    real.request({ ...options, uri: options.uri.replace('https://api.twilio.com', restUrl) });
  return twilio(LOCAL_ACCOUNT_SID, authToken, { httpClient });
}
