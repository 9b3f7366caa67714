import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Twilio's IncomingPhoneNumbers in its wire format: a list by pages, filtered by a beginning, and updates. */

export const ACCOUNT = `AC${'0'.repeat(32)}`;
export const TOKEN = '0123456789abcdef0123456789abcdef';

type Resource = Record<string, unknown>;

const BASE = `/2010-04-01/Accounts/${ACCOUNT}/IncomingPhoneNumbers`;

/** As Twilio has it for a number that was just bought. */
export function bought(phoneNumber: string, settings: Resource = {}): Resource {
  const digits = phoneNumber.replace(/\D/g, '');
  return {
    sid: `PN${digits.padStart(32, '0')}`,
    account_sid: ACCOUNT,
    phone_number: phoneNumber,
    friendly_name: phoneNumber,
    api_version: '2010-04-01',
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    voice_url: 'https://demo.twilio.com/welcome/voice/',
    voice_method: 'POST',
    voice_fallback_url: '',
    voice_fallback_method: 'POST',
    status_callback: '',
    status_callback_method: 'POST',
    sms_url: 'https://demo.twilio.com/welcome/sms/reply',
    sms_method: 'POST',
    sms_fallback_url: '',
    sms_fallback_method: 'POST',
    voice_application_sid: '',
    sms_application_sid: '',
    trunk_sid: null,
    voice_receive_mode: 'voice',
    voice_caller_id_lookup: false,
    date_created: 'Sat, 04 Oct 2025 09:00:00 +0000',
    date_updated: 'Sat, 04 Oct 2025 09:00:00 +0000',
    uri: `${BASE}/PN${digits.padStart(32, '0')}.json`,
    ...settings,
  };
}

export interface AccountOptions {
  /** Numbers of one page. */
  pageSize?: number;
  /** Fields that Twilio forgets although it answers as if it had taken them. */
  forgets?: string[];
}

export async function startTwilioAccount(numbers: Resource[], options: AccountOptions = {}) {
  const updates: Record<string, string>[] = [];
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const credentials = Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64');
    if (request.headers.authorization !== `Basic ${credentials}`) {
      return { status: 401, body: { status: 401, code: 20_003, message: 'Authenticate' } };
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === `${BASE}.json`) return { status: 200, body: page(searchParams) };
    const known = numbers.find(({ uri }) => uri === pathname);
    if (!known || request.method !== 'POST') {
      return { status: 404, body: { status: 404, code: 20_404, message: 'Not found' } };
    }
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    updates.push(form);
    const taken = { ...known };
    for (const [name, value] of Object.entries(form)) taken[fieldOf(name)] = value;
    for (const [name, value] of Object.entries(taken)) {
      if (!options.forgets?.includes(name)) known[name] = value;
    }
    return { status: 200, body: taken };
  }

  function page(query: URLSearchParams): unknown {
    const wanted = query.get('PhoneNumber') ?? '';
    const found = numbers.filter(({ phone_number }) => String(phone_number).startsWith(wanted));
    const size = options.pageSize ?? Number(query.get('PageSize') ?? 50);
    const at = Number(query.get('Page') ?? 0);
    const isLast = (at + 1) * size >= found.length;
    const next = new URLSearchParams({ Page: String(at + 1), PhoneNumber: wanted });
    return {
      incoming_phone_numbers: found.slice(at * size, (at + 1) * size),
      page: at,
      page_size: size,
      next_page_uri: isLast ? null : `${BASE}.json?${next}`,
    };
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    numbers,
    updates,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `VoiceUrl` is `voice_url` in an answer. */
function fieldOf(name: string): string {
  return name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
