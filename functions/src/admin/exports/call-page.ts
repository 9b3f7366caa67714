import { createHash } from 'node:crypto';
import type { CallExport } from './call-export.ts';
import { happeningsOf, headOf } from './happenings.ts';
import { escapeHtml } from './harmless.ts';

const STYLE = `
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #111; background: #fff;
  font: 11pt/1.45 system-ui, "Noto Sans", "Noto Sans Devanagari", sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 1.5rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .25rem .5rem; text-align: start; vertical-align: top;
  border-bottom: 1px solid #ccc; overflow-wrap: anywhere; white-space: pre-wrap; }
.name { width: 11rem; } .at { width: 9.5rem; } .kind { width: 6.5rem; } .who { width: 9rem; }
td.at { font-variant-numeric: tabular-nums; } .detail { color: #444; font-size: .9em; }
tr { break-inside: avoid; } thead { display: table-header-group; }
@page { margin: 15mm; } @media print { body { margin: 0; max-width: none; } }
`;

/** A file has no headers of a server: the page carries its own policy. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(STYLE)
  .digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** One call as a page to print, whole in itself and without a script. */
export function callPage(exported: CallExport): string {
  const { call, exported_at, exported_by, people } = exported;
  const head = headOf(exported)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th class="name" scope="row">${name}</th>${cell(value)}</tr>`);
  const happened = happeningsOf(exported).map(
    ({ at, kind, who, what, detail }) =>
      `<tr>${cell(clock(at), 'at')}${cell(kind, 'kind')}${cell(who, 'who')}<td dir="auto">${escapeHtml(what)}${detailOf(detail)}</td></tr>`,
  );
  const by = people[exported_by] ?? exported_by;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(titleOf(exported))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(titleOf(exported))}</h1>
<table><tbody>
${head.join('\n')}
</tbody></table>
<h2>What was said and done</h2>
<table>
<thead><tr><th class="at" scope="col">When</th><th class="kind" scope="col">Kind</th><th class="who" scope="col">Who</th><th scope="col">What</th></tr></thead>
<tbody>
${happened.join('\n')}
</tbody></table>
<p class="detail">${escapeHtml(`Exported ${clock(exported_at)} by ${by}. ${call.state === 'live' ? 'The call was still live.' : ''}`)}</p>
</body>
</html>
`;
}

function titleOf({ call }: CallExport): string {
  return `${call.urgency} call of ${clock(call.timestamp)}`;
}

function cell(text: string, name?: string): string {
  return `<td${name ? ` class="${name}"` : ''} dir="auto">${escapeHtml(text)}</td>`;
}

function detailOf(detail: string): string {
  return detail === '' ? '' : `<div class="detail" dir="auto">${escapeHtml(detail)}</div>`;
}

/** `2026-11-26 14:03:07 +05:30`, in the zone of the text itself. */
function clock(iso: string): string {
  const [, day, time, zone] = /^([\d-]+)T([\d:]{8})(?:\.\d+)?(.*)$/.exec(iso) ?? [];
  return day === undefined ? iso : `${day} ${time} ${zone === 'Z' ? 'UTC' : zone}`;
}
