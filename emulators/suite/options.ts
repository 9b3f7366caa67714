import path from 'node:path';
import { parseArgs } from 'node:util';
import { LOCAL_MODELS, type LocalModel } from '../llm/local-model.ts';
import { SuiteError } from './errors.ts';

/** How the functions' workers live: see worker-modes.ts. */
export type WorkerModeName = 'default' | 'isolated' | 'freeze';

export interface SuiteOptions {
  mode: WorkerModeName;
  /** Begin with empty databases; what happens from then on is kept. */
  fresh: boolean;
  /** Without the weeks of past calls and the live one of the demo. */
  bare: boolean;
  /** Where the databases and the journal are kept between runs; absolute. */
  stateDirectory: string;
  freePorts: boolean;
  verbose: boolean;
  /** Use the Java emulators of firebase-tools in place of our stand-ins. */
  official: boolean;
  /** A local language model without a mind, to see the assistant's ladder. */
  llm?: LocalModel;
  /** The folder of firebase.json; absolute. */
  projectDirectory: string;
  /** Settings for the functions that win over the local ones. */
  environment: Record<string, string>;
}

export const USAGE = `Usage: npm start -- [options]

  --fresh          begin with empty databases (what follows is kept)
  --bare           no past calls and no live one to look at
  --isolated       a fresh worker process for each request, killed after its response
  --freeze         workers are stopped whenever they have no request in flight
  --official       the official Java emulators for both databases (needs Java 21; nothing is kept)
  --llm HOW        a local language model that answers, or is slow, or hangs, or fails
  --state DIR      where state is kept (default .aurora)
  --ports free     pick free ports; otherwise AURORA_HOSTING_PORT and its kin, or firebase.json
  --env KEY=VALUE  a setting or secret for the functions, instead of the local one (repeatable)
  --project DIR    the folder of firebase.json (default: this repository)
  --verbose        print everything that the functions and the Firebase emulators print
  --help`;

/**
 * @param args the command line without node and script
 * @param repository absolute path of the repository, the default project
 * @returns 'help' when the usage was asked for
 * @throws SuiteError for an unknown or contradictory option
 */
export function parseSuiteOptions(args: string[], repository: string): SuiteOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  if (values.isolated && values.freeze) {
    throw new SuiteError('Choose one of --isolated and --freeze.');
  }
  if (values.ports !== undefined && values.ports !== 'free') {
    throw new SuiteError(`--ports is '${values.ports}': the only choice is 'free'.`);
  }
  const llm = LOCAL_MODELS.find((model) => model === values.llm);
  if (values.llm !== undefined && !llm) {
    throw new SuiteError(`--llm is '${values.llm}': choose one of ${LOCAL_MODELS.join(', ')}.`);
  }
  const projectDirectory = path.resolve(values.project ?? repository);
  return {
    mode: values.isolated ? 'isolated' : values.freeze ? 'freeze' : 'default',
    fresh: values.fresh ?? false,
    bare: values.bare ?? false,
    stateDirectory: path.resolve(values.state ?? path.join(projectDirectory, '.aurora')),
    freePorts: values.ports === 'free',
    verbose: values.verbose ?? false,
    official: values.official ?? false,
    ...(llm ? { llm } : {}),
    projectDirectory,
    environment: Object.fromEntries((values.env ?? []).map(splitAssignment)),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        fresh: { type: 'boolean' },
        bare: { type: 'boolean' },
        isolated: { type: 'boolean' },
        freeze: { type: 'boolean' },
        official: { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        state: { type: 'string' },
        llm: { type: 'string' },
        ports: { type: 'string' },
        project: { type: 'string' },
        env: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new SuiteError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function splitAssignment(assignment: string): [string, string] {
  const match = /^([A-Z_][A-Z0-9_]*)=([\s\S]*)$/.exec(assignment);
  if (!match) throw new SuiteError(`--env wants KEY=VALUE, not '${assignment}'.`);
  return [match[1] as string, match[2] as string];
}
