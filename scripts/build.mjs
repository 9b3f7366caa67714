import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allDone, Failure, ROOT, run } from './processes.mjs';

/** What is built, from what, and how one sees that the result is there. */
const BUILDS = [
  {
    name: 'functions',
    folder: 'functions',
    sources: ['functions/src', 'functions/tsconfig.build.json', 'tsconfig.base.json'],
    output: 'functions/lib',
    result: 'functions/lib/index.js',
    tool: 'tsc',
    args: ['--project', 'tsconfig.build.json'],
  },
  {
    name: 'dashboard',
    folder: 'dashboard',
    sources: ['dashboard'],
    without: ['dashboard/telephone'],
    output: 'dashboard/dist',
    result: 'dashboard/dist/index.html',
    tool: 'vite',
    args: ['build', '--logLevel', 'warn'],
  },
  {
    // For local runs alone: nothing of it is ever in what is deployed.
    name: 'telephone',
    folder: 'dashboard',
    sources: ['dashboard'],
    without: ['dashboard/src/screens'],
    output: 'dashboard/telephone/dist',
    result: 'dashboard/telephone/dist/index.html',
    tool: 'vite',
    args: ['build', '--config', 'telephone/vite.config.ts', '--logLevel', 'warn'],
  },
];

/** Builds the functions, the dashboard and the telephone, each only when its sources have changed. */
export async function build() {
  await allDone(BUILDS.map(buildOne));
}

async function buildOne({ name, folder, sources, without = [], output, result, tool, args }) {
  const stampFile = join(ROOT, folder, 'node_modules', `.aurora-built-${name}`);
  const current = fingerprint(sources, [...without, output]);
  const isBuilt = existsSync(join(ROOT, result)) && existsSync(stampFile);
  if (isBuilt && readFileSync(stampFile, 'utf8') === current) return;
  console.log(`Building the ${name} …`);
  // What is left of sources that are gone would still be loaded.
  rmSync(join(ROOT, output), { recursive: true, force: true });
  const code = await run(join(ROOT, folder, 'node_modules', '.bin', tool), args, { cwd: folder });
  if (code !== 0) throw new Failure(`The ${name} was not built: the reason stands above.`, code);
  writeFileSync(stampFile, current);
}

function fingerprint(sources, without) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesBelow)) {
    if (without.some((folder) => file.startsWith(`${folder}/`))) continue;
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

/** The files below a path of the repository, packages left out, in a fixed order. */
function filesBelow(path) {
  let entries;
  try {
    entries = readdirSync(join(ROOT, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  return entries
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== 'dist')
    .map((entry) => `${path}/${entry.name}`)
    .sort()
    .flatMap(filesBelow);
}
