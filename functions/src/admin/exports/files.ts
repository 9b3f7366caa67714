import type { Answer } from '../route.ts';
import type { CallExport } from './call-export.ts';
import { callPage, PAGE_POLICY } from './call-page.ts';
import { type Cell, csvOf } from './csv.ts';
import { happeningsOf, headOf } from './happenings.ts';
import { harmlessJson } from './harmless.ts';

export type Format = 'json' | 'csv' | 'html';

const TYPES = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  html: 'text/html; charset=utf-8',
} as const;

/** An answer that a browser saves and never shows: what is in it was said by anybody. */
export function attachment(
  format: Format,
  name: string,
  text: string,
  headers: Record<string, string> = {},
): Answer {
  return {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${name}.${format}"`,
      'Content-Security-Policy': `sandbox; frame-ancestors 'none'; ${format === 'html' ? PAGE_POLICY : "default-src 'none'"}`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
      ...headers,
    },
    write: async (response) => void response.send(Buffer.from(text, 'utf8')),
  };
}

/** `call-20251004-143000-0a1b2c`: without the caller's number, which a download folder would show. */
export function fileNameOf(callId: string): string {
  return `call-${callId.split('_').slice(-3).join('-')}`;
}

export function writeCall(exported: CallExport, format: Format): string {
  if (format === 'json') return `${harmlessJson(exported)}\n`;
  if (format === 'html') return callPage(exported);
  const rows: Cell[][] = [
    ['at', 'kind', 'who', 'what', 'detail'],
    ...headOf(exported).map(([name, value]) => ['', 'call', '', name, value]),
    ...happeningsOf(exported).map(({ at, kind, who, what, detail }) => [
      at,
      kind,
      who,
      what,
      detail,
    ]),
  ];
  return csvOf(rows);
}
