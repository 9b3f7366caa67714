import { z } from 'zod';
import { createTwilioClient, malformed, type TwilioOptions, type TwilioRefusal } from './client.ts';

/**
 * Where Twilio asks what to do with a number's calls and messages. Empty: nowhere. An application or
 * a trunk takes the place of the addresses.
 */
export interface NumberSettings {
  voiceUrl: string;
  voiceMethod: string;
  voiceFallbackUrl: string;
  voiceFallbackMethod: string;
  /** Told when a call to the number is over. */
  statusCallback: string;
  statusCallbackMethod: string;
  smsUrl: string;
  smsMethod: string;
  smsFallbackUrl: string;
  smsFallbackMethod: string;
  voiceApplicationSid: string;
  smsApplicationSid: string;
  trunkSid: string;
}

export interface PhoneNumber {
  sid: string;
  /** E.164. */
  number: string;
  takesCalls: boolean;
  takesTexts: boolean;
  settings: NumberSettings;
}

/** The numbers that the account has at Twilio. */
export interface PhoneNumbers {
  list(): Promise<PhoneNumber[]>;
  /** Undefined where the account has no such number. @throws AuroraError as OutgoingCalls */
  find(number: string): Promise<PhoneNumber | undefined>;
  /** What Twilio has afterwards; undefined where the number is not the account's any more. */
  update(sid: string, to: Partial<NumberSettings>): Promise<PhoneNumber | undefined>;
}

/** More than any account that answers for plants; Twilio hands them out by pages of so many. */
const MOST_NUMBERS = 2_000;
const PAGE = 200;

const setting = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

const Stored = z
  .object({
    sid: z.string().regex(/^PN[0-9a-f]{32}$/),
    phoneNumber: z.string().regex(/^\+[0-9]{2,15}$/),
    capabilities: z
      .object({ voice: z.boolean().catch(true), sms: z.boolean().catch(true) })
      .catch({ voice: true, sms: true }),
    voiceUrl: setting,
    voiceMethod: setting,
    voiceFallbackUrl: setting,
    voiceFallbackMethod: setting,
    statusCallback: setting,
    statusCallbackMethod: setting,
    smsUrl: setting,
    smsMethod: setting,
    smsFallbackUrl: setting,
    smsFallbackMethod: setting,
    voiceApplicationSid: setting,
    smsApplicationSid: setting,
    trunkSid: setting,
  })
  .transform(
    ({ sid, phoneNumber, capabilities, ...settings }): PhoneNumber => ({
      sid,
      number: phoneNumber,
      takesCalls: capabilities.voice,
      takesTexts: capabilities.sms,
      settings,
    }),
  );

export function createPhoneNumbers(options: TwilioOptions): PhoneNumbers {
  const { client, ask } = createTwilioClient(options);

  async function listed(filter: { phoneNumber?: string }): Promise<PhoneNumber[]> {
    const asking = client.incomingPhoneNumbers.list({
      ...filter,
      limit: MOST_NUMBERS,
      pageSize: PAGE,
    });
    const found = z.array(Stored).safeParse(await ask<unknown>(asking));
    if (!found.success) throw malformed('a list of numbers');
    return found.data;
  }

  return {
    list: () => listed({}),
    async find(phoneNumber) {
      // Twilio looks for numbers that begin like this one, too.
      return (await listed({ phoneNumber })).find(({ number }) => number === phoneNumber);
    },
    async update(sid, to) {
      const updating = client.incomingPhoneNumbers(sid).update(to);
      const updated = await ask<unknown>(updating, goneIsNothing);
      if (updated === GONE) return undefined;
      const stored = Stored.safeParse(updated);
      if (!stored.success) throw malformed('that number');
      return stored.data;
    },
  };
}

const GONE = Symbol('gone');

function goneIsNothing({ refused }: TwilioRefusal): typeof GONE | undefined {
  return refused.status === 404 ? GONE : undefined;
}
