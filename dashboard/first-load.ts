import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset;

/** Chunks of the screens that somebody meets first, by the end of the module's path. */
const FIRST_SCREENS = {
  'sign-in': ['/index.html', '/sign-in-screen.tsx'],
  live: ['/index.html', '/signed-in-frame.tsx', '/live-screen.tsx'],
} as const;
export type FirstScreen = keyof typeof FIRST_SCREENS;

export interface Loaded {
  file: string;
  /** Bytes as Hosting sends them: compressed by gzip, which every browser takes. */
  compressed: number;
}

/** What a browser that has nothing yet loads for each first screen; fonts, which only come when a letter of theirs does, aside. */
export async function firstLoads(root: string): Promise<Record<FirstScreen, Loaded[]>> {
  const built = await build({ root, logLevel: 'silent', build: { write: false } });
  if ('on' in built) throw new TypeError('The build watches.');
  const files = new Map(
    [built]
      .flat()
      .flatMap(({ output }) => output.map((file): [string, Output] => [file.fileName, file])),
  );
  const entries = Object.entries(FIRST_SCREENS) as [FirstScreen, readonly string[]][];
  const loads = entries.map(([screen, modules]) => [
    screen,
    [...needed(files, modules)].map((file) => ({ file, compressed: compressedSize(files, file) })),
  ]);
  return Object.fromEntries(loads);
}

function needed(files: ReadonlyMap<string, Output>, modules: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (fileName: string): void => {
    const file = files.get(fileName);
    if (found.has(fileName) || file?.type !== 'chunk') return;
    found.add(fileName);
    for (const style of file.viteMetadata?.importedCss ?? []) found.add(style);
    for (const imported of file.imports) visit(imported);
  };
  for (const module of modules) {
    const chunk = [...files.values()].find(
      (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(module),
    );
    if (!chunk) throw new Error(`No chunk of the build is that of ${module}.`);
    visit(chunk.fileName);
  }
  return found;
}

function compressedSize(files: ReadonlyMap<string, Output>, fileName: string): number {
  const file = files.get(fileName);
  if (!file) throw new Error(`The build has no ${fileName}.`);
  return gzipSync(file.type === 'chunk' ? file.code : file.source).length;
}
