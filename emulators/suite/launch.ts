import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startLocalModel } from '../llm/local-model.ts';
import { createTwilioRestServer } from '../twilio/rest-server.ts';
import { createAuthEmulator } from './auth.ts';
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
import { seedDemoData } from './seed.ts';
import { createStandIns } from './stand-ins.ts';
import { warmUp } from './warm-up.ts';
import { createWorkerMode } from './worker-modes.ts';

/** Milliseconds between two looks at whether the databases have changed. */
const SAVE_INTERVAL = 3000;

/** The official emulators in whose place we put something of ours. */
const REPLACED = ['auth', 'database', 'firestore'];

export interface RunningSuite {
  project: string;
  baseUrl: string;
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
  function onLog(entry: LogEntry): void {
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

    const twilio = createTwilioRestServer({
      host: HOST,
      port: ports.twilio,
      accountSid: local.settings.TWILIO_ACCOUNT_SID as string,
      authToken,
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
    const { PUBLIC_BASE_URL: publicBaseUrl = '' } = local.settings;
    const problems = await warmUp({ project: project.id, ports, publicBaseUrl, authToken });
    for (const problem of problems) warn(problem);
    undo.push(tickSchedules(project.id, ports, warn));
    return { project: project.id, baseUrl: `http://${HOST}:${ports.hosting}`, ports, problems };
  }

  async function localModel(): Promise<Record<string, string>> {
    if (!options.llm) return {};
    const { server, settings } = await startLocalModel(options.llm, HOST);
    undo.push(() => server.stop());
    return settings;
  }

  async function stop(): Promise<void> {
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
