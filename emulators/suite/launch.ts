import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalModel } from '../llm/local-model.ts';
import { createTelephonePage } from '../telephone-page/page-server.ts';
import { PAGE_PATH } from '../telephone-page/protocol.ts';
import { LOCAL_STRANGER_NUMBER } from '../twilio/local-account.ts';
import { createTwilioRestServer } from '../twilio/rest-server.ts';
import { createAuthEmulator } from './auth.ts';
import { placeDemoCall } from './demo/live-call.ts';
import { demoTelephones } from './demo/telephones.ts';
import type { LogEntry } from './emulator-types.ts';
import { SuiteError } from './errors.ts';
import { loadedFunctions, startEmulators, stopEmulators } from './firebase-tools.ts';
import { requireJava } from './java.ts';
import { localEnvironment } from './local-environment.ts';
import { formatLogEntry } from './logs.ts';
import type { SuiteOptions } from './options.ts';
import { choosePorts, findFreePorts, HOST, type Ports, refuseTakenPorts } from './ports.ts';
import { workerNodeOptions } from './process-environment.ts';
import { configurationOn, configuredPorts, databaseNamespace, readProject } from './project.ts';
import { tickSchedules } from './schedules.ts';
import {
  DEMO_CALLERS,
  DEMO_EMAIL,
  DEMO_LIVE_CALLER,
  DEMO_PASSWORD,
  SUPERVISOR_EMAIL,
  seedDemoData,
} from './seed.ts';
import { createStandIns } from './stand-ins.ts';
import { warmUp } from './warm-up.ts';
import { createWorkerMode } from './worker-modes.ts';

/** Milliseconds between two looks at whether the databases have changed. */
const SAVE_INTERVAL = 3000;

/** Milliseconds that callers have for that: what is kept must be saved in time. */
const GOODBYE = 800;

/** Where the build puts the page of the telephone. */
const PAGE_FOLDER = path.resolve(import.meta.dirname, '../../dashboard/telephone/dist');

/** The official emulators in whose place we put something of ours. */
const REPLACED = ['auth', 'database', 'firestore'];

/** What firebase-tools says of requests that a stop cuts off: open streams are such. */
const CUT_OFF = /Request to function failed: Error: socket hang up/;

export interface RunningSuite {
  project: string;
  baseUrl: string;
  /** The telephone in the page, with the control room beside it. */
  telephoneUrl: string;
  ports: Ports;
  /** Sentences on what does not answer as it should; the suite runs on, code may be mended. */
  problems: string[];
}

/**
 * One run of the local suite. `stop` may come at any moment of `start`, which then never settles;
 * whoever stops it ends the process.
 * @param say prints one line
 */
export function createSuite(
  options: SuiteOptions,
  temporaryFolder: string,
  say: (line: string) => void,
) {
  /** What has to be undone, last first. */
  const undo: (() => void | Promise<void>)[] = [];

  const warn = (message: string) => onLog({ level: 'warn', message });
  let isStopping = false;
  function onLog(entry: LogEntry): void {
    if (isStopping && !options.verbose && CUT_OFF.test(String(entry.message))) return;
    const line = formatLogEntry(entry, new Date(), options.verbose);
    if (line !== undefined) say(line);
  }

  /** @throws SuiteError for what the person can mend */
  async function start(): Promise<RunningSuite> {
    if (options.official) requireJava();
    const project = readProject(options.projectDirectory);
    const ports = options.freePorts
      ? await findFreePorts()
      : choosePorts(process.env, configuredPorts(project));
    await refuseTakenPorts(ports);

    const { projectDirectory, stateDirectory } = options;
    const functionsDirectory = path.join(projectDirectory, 'functions');
    const local = localEnvironment(project.id, ports, stateDirectory, functionsDirectory, {
      ...(await localModel()),
      ...options.environment,
    });
    // While a token is rotated, the old one stands behind the new one.
    const [authToken = ''] = (local.secrets.TWILIO_AUTH_TOKEN ?? '').split(',');
    const standIns = createStandIns(project, ports, stateDirectory, onLog);
    if (options.fresh) await standIns.state.forget();
    await mkdir(path.join(stateDirectory, 'journal'), { recursive: true });
    if (!options.official) {
      await standIns.state.load();
      standIns.state.start(SAVE_INTERVAL, (error) => warn(`State was not saved: ${error}`));
      undo.push(() => standIns.state.stop());
    }

    const { PUBLIC_BASE_URL: publicBaseUrl = '', TWILIO_ACCOUNT_SID: accountSid = '' } =
      local.settings;
    const baseUrl = `http://${HOST}:${ports.hosting}`;
    const telephone = createTelephonePage({
      baseUrl: publicBaseUrl,
      accountSid,
      authToken,
      line: () => twilio.switchboard,
      setup: { ...demoTelephones(), stranger: LOCAL_STRANGER_NUMBER, controlRoom: baseUrl },
      folder: PAGE_FOLDER,
      log: warn,
    });
    const twilio = createTwilioRestServer({
      host: HOST,
      port: ports.twilio,
      accountSid,
      authToken,
      beside: { path: PAGE_PATH, handle: telephone.handle },
      log: (message: string) => onLog({ level: 'info', source: 'twilio-rest', message }),
    });
    await twilio.start();
    undo.push(async () => void (await twilio.stop()));

    undo.push(stopEmulators);
    await startEmulators({
      project: project.id,
      projectDirectory,
      configuration: configurationOn(project, ports),
      emulators: ['functions', 'hosting', 'tasks', ...(options.official ? REPLACED : [])],
      environment: { ...local.settings, NODE_OPTIONS: workerNodeOptions() },
      secrets: local.secrets,
      mode: createWorkerMode(options.mode, temporaryFolder),
      onLog,
      standIns: options.official
        ? []
        : [...standIns.emulators, createAuthEmulator(project.id, ports.auth, temporaryFolder)],
    });
    if (loadedFunctions().length === 0) {
      throw new SuiteError('No function could be loaded: the reason stands above.');
    }

    await seedDemoData({
      project: project.id,
      firestore: `${HOST}:${ports.firestore}`,
      database: `${HOST}:${ports.database}`,
      namespace: databaseNamespace(project.id),
    });
    if (!options.bare) {
      const { seedHistory } = await import('./demo/history.ts');
      await seedHistory(
        { project: project.id, firestore: `${HOST}:${ports.firestore}` },
        DEMO_CALLERS,
      );
    }
    const problems = await warmUp({ project: project.id, ports, publicBaseUrl, authToken });
    for (const problem of problems) warn(problem);
    undo.push(tickSchedules(project.id, ports, warn));
    // Whoever is on the line hangs up while Aurora is still there to hear it.
    undo.push(() => Promise.race([telephone.close(), sleep(GOODBYE)]));
    if (!options.bare && problems.length === 0) {
      const { writeDemoManuals } = await import('./demo/manuals.ts');
      const people = { writer: SUPERVISOR_EMAIL, reviewer: DEMO_EMAIL, password: DEMO_PASSWORD };
      await writeDemoManuals(baseUrl, people).catch((error: unknown) =>
        warn(`The demo has no manuals: ${String(error)}`),
      );
      const restUrl = twilio.url;
      const demoCall = { baseUrl: publicBaseUrl, restUrl, authToken, from: DEMO_LIVE_CALLER };
      undo.push(await placeDemoCall(demoCall));
    }
    return {
      project: project.id,
      baseUrl,
      telephoneUrl: `${twilio.url}${PAGE_PATH}/`,
      ports,
      problems,
    };
  }

  async function localModel(): Promise<Record<string, string>> {
    if (!options.llm) return {};
    const { server, settings } = await startLocalModel(options.llm, HOST);
    undo.push(() => server.stop());
    return settings;
  }

  async function stop(): Promise<void> {
    isStopping = true;
    for (const step of undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        warn(`While stopping: ${(error as Error).message}`);
      }
    }
  }

  return { start, stop };
}
