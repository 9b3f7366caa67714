import { defineInt, defineString } from 'firebase-functions/params';
import { onInit } from 'firebase-functions/v2/core';
import { onValueDeleted, onValueWritten } from 'firebase-functions/v2/database';
import { onRequest } from 'firebase-functions/v2/https';
import { setGlobalOptions } from 'firebase-functions/v2/options';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import * as serve from './serve.ts';

/** The deployed functions and their options; what they do is loaded when they are first called. */

const region = defineString('AURORA_REGION', {
  default: 'us-central1',
  description: 'Region of all functions; it must be the region of the Realtime Database.',
});
const twilioInstances = defineInt('TWILIO_MIN_INSTANCES', {
  default: 1,
  description: 'Instances kept warm for callers; with 0 the first words of a call may come late.',
});

/** Its key is a secret only where a model is set: a deployment without one needs none. */
const languageModelKey = process.env.LLM_MODEL ? ['LLM_API_KEY'] : [];

setGlobalOptions({ region });
onInit(serve.warm);

/** Webhooks of Twilio, and text turns through the API: the only function that keeps a journal. */
export const twilio = onRequest(
  {
    invoker: 'public',
    secrets: ['TWILIO_AUTH_TOKEN', 'JWT_SECRET', ...languageModelKey],
    minInstances: twilioInstances,
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    timeoutSeconds: 30,
  },
  serve.twilio,
);

/** The supervisors' JSON API; with Twilio's token it ends telephone calls. */
export const api = onRequest(
  {
    invoker: 'public',
    secrets: ['JWT_SECRET', 'TWILIO_AUTH_TOKEN'],
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    timeoutSeconds: 60,
  },
  serve.api,
);

/** What is said in calls, as it is said: each open stream is a request that lasts up to an hour. */
export const streams = onRequest(
  {
    invoker: 'public',
    secrets: ['JWT_SECRET'],
    memory: '1GiB',
    cpu: 1,
    concurrency: 1_000,
    timeoutSeconds: 3_600,
  },
  serve.streams,
);

/**
 * Brings queued events to the Realtime Database; repeated for a day while that is away. With Twilio's
 * token it sends a caller on whom a supervisor has, and to whom Aurora answered too late.
 */
export const mirror = onTaskDispatched(
  {
    secrets: ['TWILIO_AUTH_TOKEN'],
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    timeoutSeconds: 60,
    retryConfig: {
      maxAttempts: 100,
      minBackoffSeconds: 1,
      maxBackoffSeconds: 60,
      maxDoublings: 6,
      maxRetrySeconds: 24 * 60 * 60,
    },
    rateLimits: { maxConcurrentDispatches: 200, maxDispatchesPerSecond: 500 },
  },
  serve.mirror,
);

/**
 * Fetches people who are on call, and looks after callers who were lost: each task does what is due
 * of one call. Repeated for an hour; what is begun, the minute schedule looks after as well.
 */
export const page = onTaskDispatched(
  {
    secrets: ['TWILIO_AUTH_TOKEN'],
    memory: '512MiB',
    cpu: 1,
    concurrency: 80,
    timeoutSeconds: 120,
    retryConfig: {
      maxAttempts: 100,
      minBackoffSeconds: 1,
      maxBackoffSeconds: 30,
      maxDoublings: 5,
      maxRetrySeconds: 60 * 60,
    },
    rateLimits: { maxConcurrentDispatches: 100, maxDispatchesPerSecond: 100 },
  },
  serve.page,
);

/**
 * Archives a call when it has ended, and calls its caller back where it was not resolved. It listens
 * to the status alone: not to every message.
 */
export const settleEnded = onValueWritten(
  {
    ref: '/active_calls/{call_id}/status',
    secrets: ['TWILIO_AUTH_TOKEN'],
    memory: '512MiB',
    cpu: 1,
    retry: true,
  },
  serve.settleEnded,
);

/** Archives a live call that somebody removed. */
export const settleDeleted = onValueDeleted(
  { ref: '/active_calls/{call_id}', memory: '512MiB', cpu: 1, retry: true },
  serve.settleDeleted,
);

/** Finishes what crashes, lost triggers and lost callbacks left behind. */
export const sweep = onSchedule(
  {
    schedule: '* * * * *',
    secrets: ['TWILIO_AUTH_TOKEN'],
    memory: '512MiB',
    timeoutSeconds: 300,
  },
  serve.sweep,
);

/** Removes tombstones that nothing late can need any more. */
export const cleanUp = onSchedule(
  { schedule: '17 3 * * *', memory: '512MiB', timeoutSeconds: 540 },
  serve.cleanUp,
);

/** Removes archived calls of companies that keep them for a time only. */
export const purge = onSchedule(
  { schedule: '47 3 * * *', memory: '512MiB', timeoutSeconds: 540 },
  serve.purge,
);
