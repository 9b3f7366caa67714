/**
 * Stands in for curl, of which it knows what the documentation uses, so that the documentation can be
 * run on a machine that has no curl. Unlike curl it fails (22) on every answer of 400 and above.
 */
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    include: { type: 'boolean', short: 'i' },
    'no-buffer': { type: 'boolean', short: 'N' },
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
    'max-time': { type: 'string' },
  },
});

const [url] = positionals;
const headers = new Headers(values.header.map((line) => splitOnce(line)));
if (values.data !== undefined && !headers.has('content-type')) {
  headers.set('content-type', 'application/x-www-form-urlencoded');
}
const seconds = Number(values['max-time'] ?? 30);
try {
  const response = await fetch(url, {
    method: values.request ?? (values.data === undefined ? 'GET' : 'POST'),
    headers,
    signal: AbortSignal.timeout(seconds * 1_000),
    ...(values.data === undefined ? {} : { body: values.data }),
  });
  if (values.include) {
    console.log(`HTTP/1.1 ${response.status}`);
    for (const [name, value] of response.headers) console.log(`${name}: ${value}`);
    console.log();
  }
  for await (const chunk of response.body ?? []) process.stdout.write(chunk);
  if (response.status >= 400) {
    console.error(`\n${values.request ?? ''} ${url} answered ${response.status}`);
    process.exitCode = 22;
  }
} catch (error) {
  // As curl does when --max-time has passed: what came so far has been printed.
  process.exitCode = error.name === 'TimeoutError' ? 28 : 7;
}

function splitOnce(line) {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}
