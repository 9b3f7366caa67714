import os from 'node:os';
import { benchArchive } from './archive.bench.ts';
import { benchAssistant } from './assistant.bench.ts';
import { benchDashboard } from './dashboard.bench.ts';
import { benchJournal } from './journal.bench.ts';
import { benchMirror } from './mirror.bench.ts';
import { benchPaging } from './paging.bench.ts';
import { benchRecovery } from './recovery.bench.ts';
import { benchStreams } from './streams.bench.ts';
import { benchWebhook } from './webhook.bench.ts';

/** `npm run bench`: prints each comparison as a table; a missed goal is said, not thrown. */
const cpus = os.cpus();
const load = () => (os.loadavg()[0] ?? 0).toFixed(1);
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ` +
    `${cpus.length} x ${cpus[0]?.model.trim() ?? 'unknown processor'}, load ${load()}`,
);
console.log('What is compared runs side by side: the ratios are what counts, not the times.\n');

console.log('Journal: one append, 20 messages per conversation\n');
await benchJournal();

console.log('\nRecovery: 200,000 messages\n');
await benchRecovery();

console.log('\nMirror: what a message costs as the conversation grows\n');
await benchMirror();

console.log('\nArchive: from `completed` to archived and removed\n');
await benchArchive();

console.log('\nVoice webhook: one turn of a call\n');
await benchWebhook();

console.log('\nAssistant: the rules, a turn on each rung, and what is loaded for the first one\n');
await benchAssistant();

console.log('\nPeople on call: from CRITICAL words to the first page\n');
await benchPaging();

console.log('\nStreams: 20 watchers of each of 50 conversations\n');
await benchStreams();

console.log('\nControl room: in a real browser\n');
await benchDashboard();

console.log(`\nLoad at the end ${load()}; above ${cpus.length}, others ran too and p99 suffers.`);
