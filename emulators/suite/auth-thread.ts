import { parentPort, workerData } from 'node:worker_threads';
import { serveAuth } from './firebase-tools.ts';

const { project, socketPath } = workerData as { project: string; socketPath: string };
await serveAuth(project, socketPath);
parentPort?.postMessage('listening');
