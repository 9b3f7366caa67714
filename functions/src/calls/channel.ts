import { z } from 'zod';
import { normalizeNumber } from './phone.ts';

/** Through what a text conversation is held; `other` is one of Twilio's that is not known here. */
export const Channel = z.enum(['sms', 'whatsapp', 'other', 'api']);
export type Channel = z.infer<typeof Channel>;

const PREFIX = /^([a-z]+):(?=\+)/i;

/**
 * Twilio's address of a message, `+9198…` or `whatsapp:+9198…`, as channel and number. The number is
 * in the form of {@link normalizeNumber}: one that is withheld is `anonymous`.
 */
export function channelAndNumber(
  address: string,
  country?: string,
): { channel: Channel; number: string } {
  const trimmed = address.trim();
  const prefix = PREFIX.exec(trimmed)?.[1]?.toLowerCase();
  const number = normalizeNumber(prefix ? trimmed.slice(prefix.length + 1) : trimmed, country);
  if (prefix === undefined) return { channel: 'sms', number };
  return { channel: prefix === 'whatsapp' ? 'whatsapp' : 'other', number };
}

/** A number as Twilio is told it: a caller who writes by WhatsApp is answered there, from there. */
export function addressOn(channel: Channel | undefined, number: string): string {
  return channel === 'whatsapp' ? `whatsapp:${number}` : number;
}

/** Shorter ones are short codes: programs write from them, and nobody reads what is sent there. */
const SHORTEST_NUMBER = /^\+[0-9]{7,15}$/;

/** Whether somebody may be reached by a text to this number, in the stored form. */
export function canBeTexted(number: string): boolean {
  return SHORTEST_NUMBER.test(number);
}
