import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/**
 * `node host.ts bare|framework|aurora [<file with TwiML>]`: serves one of the handlers on a free
 * port of 127.0.0.1 and sends the port to its parent; ends with its parent's channel.
 *
 * The framework's server is made by its own getTestServer, which is the one its command makes,
 * except that the command listens on every interface.
 */
type Handler = (
  request: unknown,
  response: { type(of: string): { send(body: string): void } },
) => void;

const functionsRequire = createRequire(new URL('../../functions/package.json', import.meta.url));
const [kind, twimlFile] = process.argv.slice(2);
const twiml = twimlFile === undefined ? '' : fs.readFileSync(twimlFile, 'utf8');

const server = await makeServer();
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());

async function makeServer(): Promise<Server> {
  if (kind === 'bare') return bare();
  if (kind === 'framework')
    return framework((_, response) => response.type('text/xml').send(twiml));
  const { twilio } = await import(new URL('../../functions/lib/index.js', import.meta.url).href);
  return framework(twilio);
}

/** Reads the form, as every handler must, and answers. */
function bare(): Server {
  const body = Buffer.from(twiml);
  const headers = { 'content-type': 'text/xml; charset=utf-8', 'content-length': body.length };
  return createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(200, headers).end(body));
  });
}

function framework(handler: Handler): Server {
  const { http } = functionsRequire('@google-cloud/functions-framework');
  const { getTestServer } = functionsRequire('@google-cloud/functions-framework/testing');
  http('handler', handler);
  return getTestServer('handler');
}
