import type { NumberSettings, PhoneNumber } from '../twilio/phone-numbers.ts';
import { CONNECTION_OVERRIDES } from '../webhooks/twiml.ts';

export type SettingName = keyof NumberSettings;

/** One setting that a number has and should not have. */
export interface Difference {
  name: SettingName;
  before: string;
  after: string;
}

/** As the Twilio console calls them. */
export const TITLES: Record<SettingName, string> = {
  voiceUrl: 'A call comes in',
  voiceMethod: 'A call comes in, method',
  voiceFallbackUrl: 'Primary handler fails',
  voiceFallbackMethod: 'Primary handler fails, method',
  statusCallback: 'Call status changes',
  statusCallbackMethod: 'Call status changes, method',
  smsUrl: 'A message comes in',
  smsMethod: 'A message comes in, method',
  smsFallbackUrl: 'Primary message handler fails',
  smsFallbackMethod: 'Primary message handler fails, method',
  voiceApplicationSid: 'TwiML app for calls',
  smsApplicationSid: 'TwiML app for messages',
  trunkSid: 'SIP trunk',
};

/**
 * What a number needs for a deployment. Twilio tries a webhook again when its answer fails or is
 * late; the fallbacks are static documents, which take no POST.
 */
export function settingsFor(publicBaseUrl: string): NumberSettings {
  const webhook = (path: string) => `${publicBaseUrl}${path}${CONNECTION_OVERRIDES}`;
  return {
    voiceUrl: webhook('/incoming-call'),
    voiceMethod: 'POST',
    voiceFallbackUrl: `${publicBaseUrl}/twilio-fallback.xml`,
    voiceFallbackMethod: 'GET',
    statusCallback: webhook('/call-status'),
    statusCallbackMethod: 'POST',
    smsUrl: webhook('/incoming-message'),
    smsMethod: 'POST',
    smsFallbackUrl: `${publicBaseUrl}/twilio-text-fallback.xml`,
    smsFallbackMethod: 'GET',
    voiceApplicationSid: '',
    smsApplicationSid: '',
    trunkSid: '',
  };
}

export function differences(has: NumberSettings, needs: NumberSettings): Difference[] {
  return (Object.keys(needs) as SettingName[])
    .filter((name) => has[name] !== needs[name])
    .map((name) => ({ name, before: has[name], after: needs[name] }));
}

const ADDRESSES = ['voiceUrl', 'voiceFallbackUrl', 'statusCallback', 'smsUrl', 'smsFallbackUrl'];
const IN_PLACE_OF_ADDRESSES = ['voiceApplicationSid', 'smsApplicationSid', 'trunkSid'];

/** Those whose change takes the number away from somebody else: another server, an app, a trunk. */
export function takenFromOthers(
  changes: readonly Difference[],
  publicBaseUrl: string,
): Difference[] {
  return changes.filter(({ name, before }) => {
    if (before === '') return false;
    if (IN_PLACE_OF_ADDRESSES.includes(name)) return true;
    return ADDRESSES.includes(name) && !isOurs(before, publicBaseUrl) && !isTwiliosOwn(before);
  });
}

/** Whether anything of the number leads to the deployment. */
export function leadsHere({ settings }: PhoneNumber, publicBaseUrl: string): boolean {
  return ADDRESSES.some((name) => isOurs(settings[name as SettingName], publicBaseUrl));
}

function isOurs(address: string, publicBaseUrl: string): boolean {
  return address === publicBaseUrl || address.startsWith(`${publicBaseUrl}/`);
}

/** What a number has when it was just bought. */
function isTwiliosOwn(address: string): boolean {
  return /^https:\/\/demo\.twilio\.com\//.test(address);
}
