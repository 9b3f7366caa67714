import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const functionsPackages = path.resolve(import.meta.dirname, '../../functions/node_modules');

const FIREBASE_JSON = {
  functions: [{ source: 'functions', codebase: 'default', runtime: 'nodejs24' }],
  hosting: {
    public: 'public',
    rewrites: [
      { source: '/incoming-call', function: { functionId: 'twilio' } },
      { source: '/api/**', function: { functionId: 'api' } },
    ],
  },
};

const PACKAGE_JSON = {
  name: 'small-functions',
  type: 'module',
  main: 'index.js',
  engines: { node: '24' },
  dependencies: { 'firebase-functions': '*', 'firebase-admin': '*' },
};

/** The kinds of functions that Aurora has, each of which tells about its process or leaves a trace. */
const INDEX_JS = `
import { onValueWritten } from 'firebase-functions/database';
import { onRequest } from 'firebase-functions/https';
import { onSchedule } from 'firebase-functions/scheduler';
import { onTaskDispatched } from 'firebase-functions/tasks';

const about = () => ({
  pid: process.pid,
  emergencyNumber: process.env.EMERGENCY_NUMBER,
  journal: process.env.JOURNAL_DIR,
  secrets: ['TWILIO_AUTH_TOKEN', 'JWT_SECRET'].filter((name) => process.env[name]),
});

export const twilio = onRequest({ secrets: ['TWILIO_AUTH_TOKEN'] }, (request, response) => {
  response.json(about());
});

const waiting = [];
export const api = onRequest({ secrets: ['JWT_SECRET'] }, (request, response) => {
  if (request.path === '/api/together') {
    waiting.push(response);
    if (waiting.length === 3) for (const each of waiting.splice(0)) each.json(about());
  } else if (request.path === '/api/stream') {
    response.on('close', () => console.log('the client went away'));
    response.write('begun');
  } else response.json(about());
});

export const mirror = onTaskDispatched(({ data }) => console.log('task', data.word));
export const settle = onValueWritten('/active_calls/{id}/status', ({ params }) => {
  console.log('written', params.id);
});
export const sweep = onSchedule('every 24 hours', ({ scheduleTime }) => {
  console.log('swept', Number.isNaN(Date.parse(scheduleTime)) ? 'at no time' : 'in time');
});
`;

/** Lays out a small Firebase project in a temporary folder, with the packages of functions/. */
export function createSmallProject(): { directory: string; remove(): void } {
  const directory = mkdtempSync(path.join(tmpdir(), 'small-project-'));
  const write = (name: string, content: string | object) => {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  };
  write('.firebaserc', { projects: { default: 'demo-small' } });
  write('firebase.json', FIREBASE_JSON);
  write('public/index.html', '<h1>Small</h1>');
  write('functions/package.json', PACKAGE_JSON);
  write('functions/index.js', INDEX_JS);
  symlinkSync(functionsPackages, path.join(directory, 'functions/node_modules'));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
