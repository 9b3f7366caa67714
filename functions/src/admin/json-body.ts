import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { AuroraError } from '../errors.ts';
import { bodyTooLarge, InvalidRequest, LARGEST_BODY } from './answer-error.ts';

/** Any content type: whether it is the right one is checked here, before a body is parsed. */
const readBytesUpTo = (limit: number) => express.raw({ type: () => true, limit });

/**
 * The request's JSON body, checked by the schema. The bytes are parsed here and not by a
 * middleware, so that every fault gets our own answer. The Functions Framework and the emulator
 * read the body before we are asked and leave the bytes in `rawBody`; one thing they answer
 * themselves, with a page of theirs and status 400, is malformed JSON of type `application/json`.
 */
export async function jsonBody<T extends z.ZodType>(
  request: Request,
  response: Response,
  schema: T,
  largest = LARGEST_BODY,
): Promise<z.output<T>> {
  if (isAbsent(request)) {
    const nothing = schema.safeParse(undefined);
    if (nothing.success) return nothing.data;
  }
  if (!isJson(request.get('content-type'))) {
    throw new AuroraError(
      415,
      'unsupported_media_type',
      'Send the body as JSON, with the header Content-Type: application/json.',
    );
  }
  const bytes = await bytesOf(request, response, largest);
  if (bytes.length > largest) throw bodyTooLarge(largest);
  const result = schema.safeParse(parse(bytes));
  if (result.success) return result.data;
  throw new InvalidRequest(
    'The body does not have the right form. Mend the fields that are named in details.',
    result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}

/** Neither a body nor a word about one: a route whose body can be left out takes that. */
function isAbsent(request: Request): boolean {
  const length = request.get('content-length') ?? '0';
  return length === '0' && request.get('transfer-encoding') === undefined;
}

/** `application/json`, with no charset or with the only one that JSON has. */
function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '');
}

async function bytesOf(request: Request, response: Response, limit: number): Promise<Buffer> {
  const { rawBody } = request as { rawBody?: unknown };
  if (Buffer.isBuffer(rawBody)) return rawBody;
  await new Promise<void>((resolve, reject) => {
    readBytesUpTo(limit)(request, response, (error: unknown) =>
      error ? reject(error) : resolve(),
    );
  });
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AuroraError(400, 'malformed_json', 'The body is not JSON. Check quotes and commas.');
  }
}
