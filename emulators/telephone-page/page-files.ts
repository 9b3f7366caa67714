/** The built page, and the policy under which it runs. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { PAGE_PATH } from './protocol.ts';
import { Refused } from './refused.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** A file of the build: nothing that leads out of its folder has such a name. */
const NAME = /^(assets\/)?[\w-]+(\.[\w-]+)*(\.[a-z0-9]+)$/;

export interface PageFilesOptions {
  /** The folder of the build; absolute. */
  readonly folder: string;
  /** The origin of the control room, which is shown beside the telephone. */
  readonly controlRoom: string;
}

/** For every answer of this server. */
export const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** @param name beneath the page's path, without a slash before it @throws Refused */
export async function sendFile(
  response: ServerResponse,
  name: string,
  { folder, controlRoom }: PageFilesOptions,
): Promise<void> {
  const file = name === '' ? 'index.html' : name;
  const type = TYPES[path.extname(file)];
  const isPage = file === 'index.html';
  const content = NAME.test(file) && type ? await read(path.join(folder, file)) : undefined;
  if (content === undefined && isPage) {
    const how = 'npm start builds it, and so does npm run build.';
    throw new Refused(404, 'not_built', `The page of the telephone is not built: ${how}`);
  }
  if (content === undefined || !type) {
    throw new Refused(404, 'not_found', `There is nothing here: see ${PAGE_PATH}/`);
  }
  response.writeHead(200, {
    ...COMMON_HEADERS,
    'content-type': type,
    'cache-control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
    ...(isPage && {
      'content-security-policy': policy(controlRoom),
      'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
      'cross-origin-opener-policy': 'same-origin',
    }),
  });
  response.end(content);
}

/** Files of its own, requests to its own server, and the control room in its frame. */
function policy(controlRoom: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${controlRoom}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
