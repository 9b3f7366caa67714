import type { Express, Response } from 'express';
import type { Change } from 'firebase-functions/v2/core';
import type { DatabaseEvent, DataSnapshot } from 'firebase-functions/v2/database';
import type { Request as FunctionRequest } from 'firebase-functions/v2/https';
import type { Request as TaskRequest } from 'firebase-functions/v2/tasks';
import { CALL_ID } from './calls/ids.ts';
import { asError } from './errors.ts';
import { log } from './log.ts';
import { measuredArchive } from './metrics/measured-archive.ts';
import { flushCounters } from './process-counters.ts';
import { within } from './within.ts';

/**
 * Handlers as Firebase calls them: each finds its part of the composition root and hands over what
 * it was given. The root is imported on first use, so that discovery and the other functions don't
 * pay for it.
 */
const aurora = () => import('./aurora.ts');
const openStreams = async () => (await import('./supervisors.ts')).streams();

/** Runs once per instance, before its first request. */
export async function warm(): Promise<void> {
  if (process.env.FUNCTION_TARGET === 'streams') return warmStreams();
  const parts = await aurora();
  if (process.env.FUNCTION_TARGET === 'twilio') {
    await parts.webhooks();
    onShutdown(parts.drain, (error) =>
      log.alert('An instance was ended with events that nothing else holds.', { error }),
    );
  }
  if (process.env.FUNCTION_TARGET === 'mirror') await parts.mirrorTask();
}

/** Connects ahead of the first stream. Settings that are wrong are told by the request itself. */
async function warmStreams(): Promise<void> {
  const streams = await openStreams().catch(() => undefined);
  if (!streams) return;
  onShutdown(streams.closeAll, (error) =>
    log.warn('Not every stream was told that its instance ends.', { error }),
  );
}

/** Milliseconds; the platform kills an instance 10 s after it has asked it to end. */
const SHUTDOWN_GRACE = 8_000;

/**
 * The functions framework ends the process at once on SIGTERM. Its listener is removed, so that what
 * is left to do is done in the time that the platform gives.
 */
function onShutdown(last: () => Promise<void>, failed: (error: Error) => void): void {
  process.removeAllListeners('SIGTERM');
  process.once('SIGTERM', () => {
    within(SHUTDOWN_GRACE, last())
      .catch((error: unknown) => failed(asError(error)))
      .finally(() => process.exit(0));
  });
}

export async function twilio(request: FunctionRequest, response: Response): Promise<void> {
  await respond(async () => (await aurora()).webhooks(), request, response);
}

export async function api(request: FunctionRequest, response: Response): Promise<void> {
  void flushCounters();
  await respond(async () => (await import('./supervisors.ts')).api(), request, response);
}

export async function streams(request: FunctionRequest, response: Response): Promise<void> {
  await respond(async () => (await openStreams()).app, request, response);
}

export async function mirror(request: TaskRequest): Promise<void> {
  const { mirrorTask } = await aurora();
  await (await mirrorTask())(request.data);
}

export async function page(request: TaskRequest): Promise<void> {
  const { runTask } = await import('./pages.ts');
  try {
    await runTask(request.data);
  } finally {
    await flushCounters();
  }
}

type StatusWritten = DatabaseEvent<Change<DataSnapshot>, { call_id: string }>;

export async function settleEnded(event: StatusWritten): Promise<void> {
  if (event.data.after.val() !== 'ENDED') return;
  await settled(event.params.call_id, async () => (await import('./reaching.ts')).settleEnded);
}

type CallDeleted = DatabaseEvent<DataSnapshot, { call_id: string }>;

export async function settleDeleted(event: CallDeleted): Promise<void> {
  const before: unknown = event.data.val();
  await settled(event.params.call_id, async (parts) => {
    const { settleDeleted } = await parts.settle();
    return (callId) => settleDeleted(callId, before);
  });
}

export async function sweep(): Promise<void> {
  const { everyMinute } = await import('./measured.ts');
  await (await everyMinute())();
}

export async function cleanUp(): Promise<void> {
  await (await import('./schedules.ts')).everyNight();
}

export async function purge(): Promise<void> {
  await (await import('./schedules.ts')).purgeCalls();
}

type Parts = Awaited<ReturnType<typeof aurora>>;

/** Throws where a repetition helps (triggers are set to retry), and gives up loudly where not. */
async function settled(
  callId: string,
  pick: (parts: Parts) => Promise<(callId: string) => Promise<void>>,
): Promise<void> {
  if (!CALL_ID.test(callId)) {
    log.alert('A trigger named a call id that is not ours; nothing was archived.');
    return;
  }
  try {
    await measuredArchive(log, async () => (await pick(await aurora()))(callId));
  } finally {
    await flushCounters();
  }
}

/** A function that can't be set up answers 503, so that Twilio turns to its fallback document. */
async function respond(
  find: () => Promise<Express>,
  request: FunctionRequest,
  response: Response,
): Promise<void> {
  let app: Express;
  try {
    app = await find();
  } catch (thrown) {
    const error = asError(thrown);
    log.alert(`A function could not be set up: ${setUpFault(error)}`, { error });
    response
      .status(503)
      .json({ error: { code: 'not_set_up', message: 'Aurora is not set up: see its log.' } });
    return;
  }
  const done = new Promise<void>((resolve) => response.once('close', resolve));
  app(request as unknown as Parameters<Express>[0], response);
  await done;
}

/** Settings' faults name variables, never values. */
function setUpFault(error: Error): string {
  return error.message.slice(0, 500);
}
