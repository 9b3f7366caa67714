/**
 * Twilio's IncomingPhoneNumbers resource: the account's numbers and where their calls and messages
 * go. URLs keep their connection overrides (`#rc=2`).
 *
 * Differs from Twilio: numbers are neither bought nor released; a new number has no URLs, and the
 * telephone brings its calls to the Aurora that it knows; applications, trunks, addresses and bundles
 * don't exist; which number a wrong method is refused with is not documented.
 */
import { z } from 'zod';
import { NOTHING_SET, type NumberSettings } from './number-settings.ts';
import { rfc2822 } from './parameters.ts';
import { badRequest, notFound, RestError } from './rest-errors.ts';

export interface NumbersOptions {
  readonly accountSid: string;
  /** E.164. */
  readonly numbers: readonly string[];
}

interface OwnNumber {
  readonly sid: string;
  readonly number: string;
  readonly createdAt: Date;
  updatedAt: Date;
  friendlyName: string;
  settings: NumberSettings;
}

const DEFAULT_PAGE_SIZE = 50;
const isWebAddress = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url);

const url = z
  .string()
  .refine((value) => value === '' || isWebAddress(value))
  .optional();
const method = z.enum(['GET', 'POST']).optional();
const updateSchema = z.object({
  FriendlyName: z.string().max(64).optional(),
  VoiceUrl: url,
  VoiceMethod: method,
  VoiceFallbackUrl: url,
  VoiceFallbackMethod: method,
  StatusCallback: url,
  StatusCallbackMethod: method,
  SmsUrl: url,
  SmsMethod: method,
  SmsFallbackUrl: url,
  SmsFallbackMethod: method,
});

export function createNumbers({ accountSid, numbers }: NumbersOptions) {
  const base = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`;
  const own = numbers.map((number): OwnNumber => {
    const createdAt = new Date();
    const sid = `PN${number.replace(/\D/g, '').padStart(32, '0')}`;
    const named = { friendlyName: number, settings: NOTHING_SET };
    return { sid, number, createdAt, updatedAt: createdAt, ...named };
  });

  return {
    list,
    read: (sid: string, path: string) => json(find(sid, path)),
    update,
    /** Undefined where the account has no such number. */
    settingsOf: (number: string) => own.find((each) => each.number === number)?.settings,
  };

  function list(path: string, query: URLSearchParams) {
    const size = Math.min(Number(query.get('PageSize') ?? DEFAULT_PAGE_SIZE) || 1, 1_000);
    const page = Number(query.get('Page') ?? 0) || 0;
    const beginning = query.get('PhoneNumber') ?? '';
    const named = query.get('FriendlyName');
    const wanted = own.filter(
      ({ number, friendlyName }) =>
        isLike(number, beginning) && (named === null || named === friendlyName),
    );
    const uri = (at: number) => {
      const same = new URLSearchParams(query);
      same.set('PageSize', String(size));
      same.set('Page', String(at));
      return `${path}?${same}`;
    };
    const shown = wanted.slice(page * size, (page + 1) * size);
    return {
      incoming_phone_numbers: shown.map(json),
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(0, shown.length - 1),
      uri: uri(page),
      first_page_uri: uri(0),
      next_page_uri: (page + 1) * size < wanted.length ? uri(page + 1) : null,
      previous_page_uri: page > 0 ? uri(page - 1) : null,
    };
  }

  /** @throws RestError */
  function update(sid: string, path: string, form: Readonly<Record<string, string>>) {
    const number = find(sid, path);
    const parsed = updateSchema.safeParse(form);
    if (!parsed.success) {
      const field = String(parsed.error.issues[0]?.path[0] ?? '');
      if (field.endsWith('Url') || field === 'StatusCallback') {
        throw new RestError(400, 21502, `${field} is not valid: it must be an absolute URL`);
      }
      throw badRequest(`${field} is not valid`);
    }
    const { FriendlyName: friendlyName, ...rest } = parsed.data;
    const changes = Object.entries(rest).filter(([, value]) => value !== undefined);
    number.settings = {
      ...number.settings,
      ...Object.fromEntries(changes.map(([name, value]) => [lowerFirst(name), value])),
    };
    number.friendlyName = friendlyName ?? number.friendlyName;
    number.updatedAt = new Date();
    return json(number);
  }

  /** @throws RestError */
  function find(sid: string, path: string): OwnNumber {
    const number = own.find((each) => each.sid === sid);
    if (number === undefined) throw notFound(path);
    return number;
  }

  function json({ sid, number, friendlyName, createdAt, updatedAt, settings }: OwnNumber) {
    return {
      sid,
      account_sid: accountSid,
      phone_number: number,
      friendly_name: friendlyName,
      api_version: '2010-04-01',
      capabilities: { voice: true, sms: true, mms: true, fax: false },
      voice_url: settings.voiceUrl,
      voice_method: settings.voiceMethod,
      voice_fallback_url: settings.voiceFallbackUrl,
      voice_fallback_method: settings.voiceFallbackMethod,
      status_callback: settings.statusCallback,
      status_callback_method: settings.statusCallbackMethod,
      sms_url: settings.smsUrl,
      sms_method: settings.smsMethod,
      sms_fallback_url: settings.smsFallbackUrl,
      sms_fallback_method: settings.smsFallbackMethod,
      voice_application_sid: '',
      sms_application_sid: '',
      trunk_sid: null,
      address_sid: null,
      address_requirements: 'none',
      identity_sid: null,
      bundle_sid: null,
      beta: false,
      origin: 'twilio',
      status: 'in-use',
      emergency_status: 'Inactive',
      emergency_address_sid: null,
      emergency_address_status: 'unregistered',
      voice_receive_mode: 'voice',
      voice_caller_id_lookup: false,
      date_created: rfc2822(createdAt),
      date_updated: rfc2822(updatedAt),
      uri: `${base}/${sid}.json`,
    };
  }
}

/** A part of a number, where `*` is any digit. */
function isLike(number: string, pattern: string): boolean {
  const digits = pattern.replace(/[^\d*]/g, '').replace(/\*/g, '\\d');
  return new RegExp(digits).test(number.replace(/\D/g, ''));
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
