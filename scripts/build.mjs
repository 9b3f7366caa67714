import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allDone, Failure, ROOT, run } from './processes.mjs';

/** What is built, from what, and how one sees that the result is there. */
const BUILDS = [
  {
    folder: 'functions',
    sources: ['functions/src', 'functions/tsconfig.build.json', 'tsconfig.base.json'],
    output: 'functions/lib',
    result: 'functions/lib/index.js',
    tool: 'tsc',
    args: ['--project', 'tsconfig.build.json'],
  },
  {
    folder: 'dashboard',
    sources: ['dashboard'],
    output: 'dashboard/dist',
    result: 'dashboard/dist/index.html',
    tool: 'vite',
    args: ['build', '--logLevel', 'warn'],
  },
];

/** Builds the functions and the dashboard, each only when its sources have changed. */
export async function build() {
  await allDone(BUILDS.map(buildOne));
}

async function buildOne({ folder, sources, output, result, tool, args }) {
  const stampFile = join(ROOT, folder, 'node_modules', '.aurora-built');
  const current = fingerprint(sources, output);
  const isBuilt = existsSync(join(ROOT, result)) && existsSync(stampFile);
  if (isBuilt && readFileSync(stampFile, 'utf8') === current) return;
  console.log(`Building ${folder}/ …`);
  // What is left of sources that are gone would still be loaded.
  rmSync(join(ROOT, output), { recursive: true, force: true });
  const code = await run(join(ROOT, folder, 'node_modules', '.bin', tool), args, { cwd: folder });
  if (code !== 0) throw new Failure(`${folder}/ was not built: the reason stands above.`, code);
  writeFileSync(stampFile, current);
}

function fingerprint(sources, output) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesBelow)) {
    if (file.startsWith(`${output}/`)) continue;
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
