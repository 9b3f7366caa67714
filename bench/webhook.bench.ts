import { deepStrictEqual } from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createFirestoreServer } from '../emulators/firestore/server.ts';
import { localEnvironment } from '../emulators/suite/local-environment.ts';
import { choosePorts } from '../emulators/suite/ports.ts';
import { seedDemoData } from '../emulators/suite/seed.ts';
import type { SignedRequest } from '../emulators/twilio/signed-request.ts';
import { duration, percentile, ratio } from './statistics.ts';
import { table } from './table.ts';
import { answerAtOnce } from './webhook/answer-at-once.ts';
import { createConversation, gatherAction } from './webhook/conversation.ts';
import { type Answer, type Hosted, host } from './webhook/hosted.ts';

/**
 * What a whole voice webhook costs: one turn of a conversation, signed, from the request to the end
 * of the TwiML, one after the other over one connection. Aurora's own function runs under
 * functions-framework with the settings of a local run; the Realtime Database and the task queue
 * are one server that answers at once, so their time is left out and everything of ours is in:
 * signature, assistant, journal, two tasks, the direct write, and the fetching of people beside the
 * first turn, whose pages reach nobody. Firestore is the local one and holds
 * the demo company; it is read once, before the first turn. Beside it, each in a process of its
 * own and asked the same requests: a bare node:http handler, and the framework with an empty
 * function, which answer one of Aurora's TwiML documents. Checked: every answer of Aurora holds a
 * Gather, every turn left its two tasks, and the others answer exactly that document.
 */

const PROJECT = 'demo-aurora';
const NAMESPACE = `${PROJECT}-default-rtdb`;
const WARM_UP_CALLS = 15;
const CALLS = 40;
const WORDS = [
  'There is a fire in the boiler room',
  'Yes, everybody is out',
  'My colleague has burned his hand',
  'What should I do with the gas valve?',
  'It smells of gas here',
  'I am at the assembly point now',
];

export async function benchWebhook(): Promise<void> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'aurora-bench-'));
  const backend = await answerAtOnce();
  const firestore = createFirestoreServer();
  try {
    await firestore.start();
    // Else the client that seeds it asks Google's metadata server who it is.
    process.env.METADATA_SERVER_DETECTION = 'none';
    const hosts = { backend: backend.host, firestore: `${firestore.host}:${firestore.port}` };
    await seedDemoData({
      project: PROJECT,
      firestore: hosts.firestore,
      database: hosts.backend,
      namespace: NAMESPACE,
    });
    const { baseUrl, environment } = localSettings(directory, hosts);
    const { requests, document, samples } = await withHosted(['aurora'], environment, (hosted) =>
      converse(hosted, baseUrl, backend.tasksWithWords),
    );
    const file = path.join(directory, 'answer.xml');
    fs.writeFileSync(file, document);
    const repeat = (hosted: Hosted) => answerAll(hosted, requests, document);
    const bare = await withHosted(['bare', file], {}, repeat);
    const framework = await withHosted(['framework', file], {}, repeat);
    report({ bare, framework, aurora: samples });
  } finally {
    await firestore.stop();
    await backend.close();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

interface Measured {
  samples: number[];
  /** What was sent, so that the others are asked the same. */
  requests: SignedRequest[];
  /** The TwiML of one turn. */
  document: string;
}

async function converse(
  hosted: Hosted,
  baseUrl: string,
  tasksWithWords: () => number,
): Promise<Measured> {
  const measured: Measured = { samples: [], requests: [], document: '' };
  for (let call = 0; call < WARM_UP_CALLS + CALLS; call += 1) {
    const tasksBefore = tasksWithWords();
    const conversation = createConversation(baseUrl);
    let last: Answer = await hosted.send(conversation.ring());
    for (const words of WORDS) {
      const request = conversation.say(words, last);
      last = await hosted.send(request);
      gatherAction(last);
      if (call < WARM_UP_CALLS) continue;
      measured.samples.push(last.milliseconds);
      measured.requests.push(request);
    }
    deepStrictEqual(tasksWithWords() - tasksBefore, 1 + 2 * WORDS.length);
    measured.document = last.body;
  }
  return measured;
}

async function answerAll(
  hosted: Hosted,
  requests: readonly SignedRequest[],
  document: string,
): Promise<number[]> {
  const warmUp = requests.slice(0, WARM_UP_CALLS * WORDS.length);
  for (const request of warmUp) await hosted.send(request);
  const samples: number[] = [];
  for (const request of requests) {
    const { body, milliseconds } = await hosted.send(request);
    deepStrictEqual(body, document);
    samples.push(milliseconds);
  }
  return samples;
}

function report(samples: { bare: number[]; framework: number[]; aurora: number[] }): void {
  const base = { p50: percentile(samples.bare, 0.5), p99: percentile(samples.bare, 0.99) };
  const row = (name: string, of: readonly number[]) => {
    const [p50, p99] = [percentile(of, 0.5), percentile(of, 0.99)];
    return [
      name,
      of.length.toLocaleString('en'),
      duration(p50),
      duration(p99),
      ratio(p50 / base.p50),
      ratio(p99 / base.p99),
    ];
  };
  console.log(
    table([
      ['handler', 'webhooks', 'p50', 'p99', 'p50 to bare', 'p99 to bare'],
      row('bare node:http', samples.bare),
      row('functions-framework, empty function', samples.framework),
      row('functions-framework, Aurora', samples.aurora),
    ]),
  );
}

async function withHosted<T>(
  args: string[],
  environment: NodeJS.ProcessEnv,
  use: (hosted: Hosted) => Promise<T>,
): Promise<T> {
  const hosted = await host(args, environment);
  try {
    return await use(hosted);
  } finally {
    await hosted.stop();
  }
}

function localSettings(directory: string, hosts: { backend: string; firestore: string }) {
  const { settings, secrets } = localEnvironment(
    PROJECT,
    choosePorts({}, {}),
    directory,
    directory,
    {},
  );
  const databaseURL = `http://${hosts.backend}/?ns=${NAMESPACE}`;
  return {
    baseUrl: settings.PUBLIC_BASE_URL as string,
    environment: {
      ...settings,
      ...secrets,
      FUNCTION_TARGET: 'twilio',
      GCLOUD_PROJECT: PROJECT,
      FIREBASE_CONFIG: JSON.stringify({ projectId: PROJECT, databaseURL }),
      CLOUD_TASKS_EMULATOR_HOST: hosts.backend,
      FIRESTORE_EMULATOR_HOST: hosts.firestore,
    },
  };
}
