import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Databases } from './service/databases.ts';

const DOCUMENTS = /^\/emulator\/v1\/(projects\/[^/]+\/databases\/[^/]+)\/documents\/?$/;

/** The few HTTP/1 requests of the official emulator that tools rely on. */
export function createHttpRoutes(databases: Databases) {
  return function route(request: IncomingMessage, response: ServerResponse): void {
    const path = decodePath(request.url ?? '/');
    const database = DOCUMENTS.exec(path)?.[1];
    if (request.method === 'DELETE' && database) {
      databases.of(database).replaceAll([]);
      answer(response, 200, 'application/json', '{}');
    } else if (request.method === 'GET' && path === '/') {
      answer(response, 200, 'text/plain', 'Ok\n');
    } else {
      const message = 'This local Firestore speaks gRPC. Use the Admin SDK instead of REST.';
      const body = JSON.stringify({ error: { code: 501, message, status: 'UNIMPLEMENTED' } });
      answer(response, 501, 'application/json', body);
    }
    request.resume();
  };
}

function decodePath(url: string): string {
  const path = url.split('?', 1)[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
