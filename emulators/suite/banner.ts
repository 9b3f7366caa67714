import path from 'node:path';
import type { RunningSuite } from './launch.ts';
import type { SuiteOptions } from './options.ts';
import { SERVERS } from './ports.ts';
import { DEMO_EMAIL, DEMO_ON_CALL, DEMO_PASSWORD } from './seed.ts';

/**
 * What to do next, in a few lines.
 * @param seconds how long the start took
 */
export function readyBanner(suite: RunningSuite, options: SuiteOptions, seconds: number): string {
  const state = path.relative(process.cwd(), options.stateDirectory) || '.';
  const moved = suite.ports.hosting !== SERVERS.hosting.port;
  const ports = [
    moved && `${SERVERS.hosting.variable}=${suite.ports.hosting} `,
    suite.ports.twilio !== SERVERS.twilio.port &&
      `${SERVERS.twilio.variable}=${suite.ports.twilio} `,
  ]
    .filter(Boolean)
    .join('');
  const lines = [
    ['Open', `${suite.telephoneUrl}   (a telephone, and the control room beside it)`],
    ['Sign in', `${DEMO_EMAIL} / ${DEMO_PASSWORD}`],
    ['Then', 'press Call, say what has happened, and watch it arrive'],
    ['Alone', `${suite.baseUrl}   (the control room)`],
    ['Or call', `${ports}npm run call   (from a second terminal)`],
    ['Phone', `${ports}npm run phone -- --number ${DEMO_ON_CALL}   (who is on call)`],
    ['Watch', moved ? `npm run watch -- --base-url ${suite.baseUrl}` : 'npm run watch'],
    [
      'Kept in',
      options.official ? 'nothing is kept with --official' : `${state} (--fresh empties)`,
    ],
    [
      'Log',
      options.verbose ? 'everything, below' : 'warnings and errors, below (--verbose prints all)',
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
