import { z } from 'zod';
import { CALL_ID } from '../calls/ids.ts';
import type { Link } from '../webhooks/link.ts';
import { writeLink } from '../webhooks/link.ts';
import { CONNECTION_OVERRIDES } from '../webhooks/twiml.ts';

/**
 * The addresses that Twilio is given for pages. They say who was asked, and for which call, so that
 * an answer counts although the instance that asked is gone; Twilio's signature covers them.
 */
export const PageQuery = z.object({
  page: z.string().regex(CALL_ID),
  who: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  /** The stage of the chain. */
  stage: z.coerce.number().int().min(0).max(99),
  channel: z.enum(['sms', 'voice']),
  /** Present where the person has accepted, and may join the call. */
  next: z.literal('join').optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

export function readPageQuery(query: URLSearchParams): PageQuery | undefined {
  return PageQuery.safeParse(Object.fromEntries(query)).data;
}

export interface PageAddresses {
  page(path: '/page-call' | '/page-answer' | '/page-status', of: PageQuery): string;
  /** Of the caller's leg while the emergency number is dialled into it; carries the link. */
  emergency(path: '/emergency-ended' | '/emergency-status', link: Link, round: number): string;
  dashboard: string;
}

export function createPageAddresses(publicBaseUrl: string): PageAddresses {
  const address = (path: string, query: string) =>
    `${publicBaseUrl}${path}?${query}${CONNECTION_OVERRIDES}`;
  return {
    page: (path, { page, who, stage, channel, next }) =>
      address(
        path,
        new URLSearchParams({
          page,
          who,
          stage: String(stage),
          channel,
          ...(next && { next }),
        }).toString(),
      ),
    emergency: (path, link, round) => address(path, `${writeLink(link)}&round=${round}`),
    dashboard: publicBaseUrl,
  };
}
