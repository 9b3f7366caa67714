import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { wordingOfCall } from '../assistant/languages/wording.ts';
import { asError } from '../errors.ts';
import type { Log } from '../log.ts';
import { measure } from '../metrics/metrics.ts';
import { within } from '../within.ts';
import { type Link, readLink } from './link.ts';
import { failureIn, measured } from './measured.ts';
import { formRecord, StatusParameters, VoiceParameters } from './parameters.ts';
import { safely } from './safely.ts';
import { isSignedByTwilio } from './signature.ts';
import { sayAndStartOver, sayGoodbye } from './twiml.ts';
import type { Voice } from './voice.ts';

/** Bytes; Twilio's largest forms have a few thousand. */
const LARGEST_BODY = 1_000_000;

/** Milliseconds after which the caller hears safe words instead; Twilio's own limit is 15 s. */
const WATCHDOG = 5_000;

export interface WebhookOptions {
  publicBaseUrl: string;
  accountSid: string;
  authTokens: () => string[];
  voice: Voice;
  /** Resolves to whether the end of the call is durable. */
  callStatus: (parameters: StatusParameters) => Promise<boolean>;
  /** The JSON route `/api/process-speech`; made when it is first asked for. */
  textTurns: () => Promise<Express>;
  /** Twilio's routes that a caller's first words do not need, by path; each is loaded with its first request. */
  further: Record<string, FurtherRoute>;
  /** Sends what earlier requests left pending. */
  flush: () => Promise<void>;
  /** Safe words for a request that names no call. */
  generalCard: () => string;
  /** Milliseconds; default 5,000. */
  watchdog?: number;
  log: Log;
}

/** What a signed request of Twilio's is answered with. */
export type SignedAnswer = { twiml: string } | { status: 204 };

/** Another route of Twilio's, for people who are fetched, messages and legs that are joined. */
export interface FurtherRoute {
  load: () => Promise<(accepted: Accepted) => Promise<SignedAnswer>>;
  /**
   * TwiML in place of an answer that failed or came too late. Without it Twilio is told 503, for
   * callbacks that it sends again or that nobody listens to.
   */
  instead?: (accepted: Accepted) => string;
}

/** A request whose signature was accepted. */
export interface Accepted {
  /** Of the address, as it was signed. */
  query: URLSearchParams;
  form: Record<string, string>;
  link: Link | undefined;
}

/**
 * The routes that Twilio calls. Nothing unsigned passes, and nothing signed ends in an error. Two
 * are not Twilio's: `/api/process-speech` is a JSON route with a door of its own, and the other
 * changes nothing: `/flush` gives an instance that has no calls a moment of CPU to
 * send what it still holds; the minute schedule asks for it.
 */
export function createWebhooks(options: WebhookOptions): Express {
  const { publicBaseUrl, voice, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.all(
    '/api/process-speech',
    measured(log, '/api/process-speech'),
    async (request, response) => {
      void options.flush();
      (await options.textTurns())(request, response);
    },
  );
  app.use(rawBody);

  const post = (path: string, handle: (accepted: Accepted, response: Response) => unknown) =>
    app.all(path, measured(log, path), async (request, response) => {
      const accepted = accept(path, request, response);
      if (!accepted) return;
      void options.flush();
      await handle(accepted, response);
    });

  const voiceRoute = (
    path: string,
    work: (
      parameters: VoiceParameters,
      link: Link | undefined,
      signal: AbortSignal,
    ) => Promise<string>,
  ) =>
    post(path, async ({ form, link }, response) => {
      const parameters = VoiceParameters.safeParse(form);
      if (!parameters.success) {
        log.error('A signed voice webhook has no valid CallSid; the caller is asked again.', {
          path,
        });
        return twiml(response, sayAndStartOver(publicBaseUrl, options.generalCard()));
      }
      const { data } = parameters;
      const document = await safely(
        log,
        data.CallSid,
        options.watchdog ?? WATCHDOG,
        () => work(data, link, whenGone(response)),
        () => voice.safeWords(data, link),
      );
      twiml(response, document);
    });

  app.post('/flush', async (_, response) => {
    await options.flush();
    response.status(204).end();
  });
  voiceRoute('/incoming-call', voice.incomingCall);
  voiceRoute('/start-call', voice.startCall);
  voiceRoute('/process-speech', voice.processSpeech);
  post('/hangup', ({ link }, response) => {
    const { wording, language } = wordingOfCall(link ?? { language: 'en-IN', languages: [] });
    twiml(response, sayGoodbye({ text: wording.line.goodbye, language }));
  });
  post('/call-status', async ({ form }, response) => {
    const parameters = StatusParameters.safeParse(form);
    if (!parameters.success) {
      return refuse(response, 400, 'bad_request', 'CallSid and CallStatus are required.');
    }
    if (await options.callStatus(parameters.data)) return response.status(204).end();
    refuse(response, 503, 'not_stored', 'The end of the call could not be stored: send it again.');
  });
  for (const [path, { load, instead }] of Object.entries(options.further)) {
    post(path, async (accepted, response) => {
      const work = async () => (await load())(accepted);
      const limit = options.watchdog ?? WATCHDOG;
      if (!instead) return answer(response, await within(limit, work()));
      let given: SignedAnswer | undefined;
      const document = await safely(
        log,
        accepted.form.CallSid,
        limit,
        async () => {
          given = await work();
          return 'twiml' in given ? given.twiml : '';
        },
        () => instead(accepted),
      );
      answer(
        response,
        given && !('twiml' in given) && document === '' ? given : { twiml: document },
      );
    });
  }
  app.use((_, response) => refuse(response, 404, 'not_found', 'No such webhook.'));
  app.use((thrown: unknown, _: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(thrown);
    log.alert('A webhook request could not be served.', { error: asError(thrown) });
    if (isBodyFault(thrown)) {
      return refuse(response, thrown.status, 'unreadable', 'The body could not be read.');
    }
    refuse(response, 503, 'unavailable', 'Aurora is not set up: see its log.');
  });
  return app;

  /** Answers the refusal itself, and then returns undefined. */
  function accept(path: string, request: Request, response: Response): Accepted | undefined {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      refuse(response, 405, 'method_not_allowed', 'Set this webhook to HTTP POST.');
      return undefined;
    }
    const body = bodyOf(request);
    if (body.length > LARGEST_BODY) {
      refuse(response, 413, 'too_large', 'The form is larger than any of Twilio is.');
      return undefined;
    }
    const query = queryOf(request.originalUrl);
    const url = `${publicBaseUrl}${path}${query}`;
    const form = new URLSearchParams(isForm(request) ? body.toString('utf8') : '');
    const signed = isSignedByTwilio(options.authTokens(), {
      url,
      signature: request.get('x-twilio-signature'),
      form,
    });
    if (!signed) {
      measure(log, 'signature_refused', { path: `${publicBaseUrl}${path}` });
      refuse(response, 403, 'bad_signature', 'The X-Twilio-Signature is missing or wrong.');
      return undefined;
    }
    if (!isForm(request)) {
      refuse(response, 415, 'not_a_form', 'Send application/x-www-form-urlencoded.');
      return undefined;
    }
    const record = formRecord(form);
    if (record.AccountSid !== options.accountSid) {
      log.alert('A webhook was refused: it is signed for another account.', { path });
      refuse(response, 403, 'other_account', 'This AccountSid is not ours.');
      return undefined;
    }
    const failure = failureIn(record);
    if (failure) measure(log, 'delivery_failed', { path, ...failure });
    const asked = new URLSearchParams(query);
    return { form: record, query: asked, link: readLink(asked) };
  }
}

/** Aborts when Twilio closes the connection before it has its answer: it has given the webhook up. */
function whenGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** The platform hands over the raw body; a plain HTTP server leaves it to be read. */
function rawBody(request: Request, response: Response, next: NextFunction): void {
  if (bodyWasRead(request)) next();
  else express.raw({ type: () => true, limit: LARGEST_BODY + 1 })(request, response, next);
}

function bodyWasRead(request: Request): boolean {
  return (request as { rawBody?: unknown }).rawBody !== undefined;
}

function bodyOf(request: Request): Buffer {
  const raw = (request as { rawBody?: unknown }).rawBody ?? request.body;
  return Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
}

/** Errors of the body parser carry their status, 400 to 415. */
function isBodyFault(thrown: unknown): thrown is { status: number } {
  const { status } = thrown as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}

function queryOf(originalUrl: string): string {
  const at = originalUrl.indexOf('?');
  return at === -1 ? '' : originalUrl.slice(at);
}

function isForm(request: Request): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(request.get('content-type') ?? '');
}

function answer(response: Response, given: SignedAnswer): void {
  if ('twiml' in given) twiml(response, given.twiml);
  else response.status(given.status).end();
}

function twiml(response: Response, document: string): void {
  response.status(200).type('text/xml').send(document);
}

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}
