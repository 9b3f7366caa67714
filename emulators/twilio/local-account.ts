/**
 * The Twilio account and numbers that exist only on this machine. Deployed code has no default for
 * either and refuses to start with these.
 */
export const LOCAL_ACCOUNT_SID = 'AC00000000000000000000000000000000';
export const LOCAL_AUTH_TOKEN = 'local-twilio-auth-token';

/** The number that the demo company's workers dial. */
export const LOCAL_DEMO_NUMBER = '+15550100002';
/** The number of the other company, to see that companies are kept apart. */
export const LOCAL_OTHER_NUMBER = '+15550100003';
/** The number that the telephone calls from unless it is told otherwise. */
export const LOCAL_CALLER_NUMBER = '+15550100001';
/** A number that nobody of the demo has. */
export const LOCAL_STRANGER_NUMBER = '+15550100099';

/** Where Hosting serves Aurora locally; the base of every webhook URL. */
export const LOCAL_BASE_URL = 'http://127.0.0.1:5000';
/** Port of the local Twilio REST endpoint. */
export const LOCAL_TWILIO_PORT = 4010;
