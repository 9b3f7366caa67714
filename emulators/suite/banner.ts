import path from 'node:path';
import type { RunningSuite } from './launch.ts';
import type { SuiteOptions } from './options.ts';
import { SERVERS } from './ports.ts';
import { DEMO_EMAIL, DEMO_PASSWORD } from './seed.ts';

/**
 * What to do next, in a few lines.
 * @param seconds how long the start took
 */
export function readyBanner(suite: RunningSuite, options: SuiteOptions, seconds: number): string {
  const state = path.relative(process.cwd(), options.stateDirectory) || '.';
  const moved = suite.ports.hosting !== SERVERS.hosting.port;
  const lines = [
    ['Open', suite.baseUrl],
    ['Call', `${moved ? `${SERVERS.hosting.variable}=${suite.ports.hosting} ` : ''}npm run call`],
    ['Watch', moved ? `npm run watch -- --base-url ${suite.baseUrl}` : 'npm run watch'],
    ['Sign in', `${DEMO_EMAIL} / ${DEMO_PASSWORD}`],
    [
      'Kept in',
      options.official ? 'nothing is kept with --official' : `${state} (--fresh empties)`,
    ],
    ['Stop', 'Ctrl-C'],
  ];
  const verdict =
    suite.problems.length === 0
      ? `Aurora is ready after ${seconds.toFixed(1)} s${modeNote(options)}.`
      : 'The suite is up, but not all of Aurora answers: see the warnings above.';
  return [
    '',
    verdict,
    '',
    ...lines.map(([label, text]) => `  ${label?.padEnd(8)} ${text}`),
    '',
  ].join('\n');
}

function modeNote({ mode, official }: SuiteOptions): string {
  const notes = [
    mode === 'isolated' && 'each request in a process of its own',
    mode === 'freeze' && 'workers are frozen between requests',
    official && 'official database emulators',
  ].filter(Boolean);
  return notes.length > 0 ? ` (${notes.join('; ')})` : '';
}
