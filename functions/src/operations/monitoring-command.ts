/** `npm run monitoring`: see USAGE. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { AuroraError, asError } from '../errors.ts';
import { monitoringFiles, textOf } from '../metrics/cloud/files.ts';
import { applyMonitoring, readChannel, readProject } from './monitoring-apply.ts';

const USAGE = `Usage: npm run monitoring -- <command> [flags]

What Cloud Monitoring watches: log-based metrics, alert policies, a dashboard.

  write                 monitoring/ anew, from functions/src/metrics/thresholds.ts
  apply                 what is in it to a deployed project, with your gcloud
    --project ID
    [--channel projects/ID/notificationChannels/N]   who is told
    [--dry-run]         only says what gcloud would be asked to change

Exit codes: 0 done, 1 failed, 2 wrong usage.`;

const FOLDER = resolve(import.meta.dirname, '../../../monitoring');
const run = promisify(execFile);

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const error = asError(thrown) as Error & { code?: unknown };
  const isUsage = error instanceof AuroraError || String(error.code).startsWith('ERR_PARSE_ARGS');
  const isMissing = error.code === 'ENOENT';
  console.error(isMissing ? 'gcloud was not found: install the Google Cloud CLI.' : error.message);
  if (isUsage) console.error('See --help.');
  process.exitCode = isUsage ? 2 : 1;
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      project: { type: 'string' },
      channel: { type: 'string' },
      'dry-run': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  const [name, ...rest] = positionals;
  if (rest.length > 0 || (name !== 'write' && name !== 'apply')) {
    throw new AuroraError(400, 'usage', 'The commands are: write, apply.');
  }
  if (name === 'write') return writeAll();
  const project = readProject(values.project);
  await apply(project, readChannel(values.channel), values['dry-run'] === true);
}

async function writeAll(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  for (const [path, resource] of Object.entries(monitoringFiles())) {
    await mkdir(dirname(join(FOLDER, path)), { recursive: true });
    await writeFile(join(FOLDER, path), textOf(resource));
  }
}

async function apply(project: string, channel: string | undefined, dry: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aurora-monitoring-'));
  try {
    await applyMonitoring({
      project,
      channel,
      async gcloud(args) {
        if (dry && !args.includes('list')) {
          console.log(`gcloud ${args.join(' ')}`);
          return '';
        }
        const { stdout } = await run('gcloud', [...args, '--quiet'], { maxBuffer: 64_000_000 });
        return stdout;
      },
      async write(file, resource) {
        await writeFile(join(folder, file), textOf(resource));
        return join(folder, file);
      },
      sleep,
      tell: (what) => {
        if (!dry) console.error(what);
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
