import fs from 'node:fs';
import path from 'node:path';
import { createFileJournal } from '../../functions/src/journal/file-journal.ts';
import { addition, type Total } from '../journal/conversations.ts';
import { CONVERSATIONS, type Recovered, WAYS, type Way } from './plan.ts';

/**
 * `node measure.ts <directory> <way>`: one recovery of what prepare.ts made, in a process that has
 * done nothing else yet, as that of a new instance; prints a Recovered as JSON. The files are in
 * the kernel's cache. What is recovered is counted afterwards and so can't be left out.
 */
type Conversations = Iterable<Total['active_conversations'][string]>;

const directory = process.argv[2] as string;
const total = path.join(directory, 'compacted', 'instance-1', 'total.json');
const recover: Record<Way, () => () => Conversations> = {
  'JSON.parse of total.json': () => {
    const { active_conversations }: Total = JSON.parse(fs.readFileSync(total, 'utf8'));
    return () => Object.values(active_conversations);
  },
  'Aurora journal, from total.json': () => open('compacted'),
  'Aurora journal, from segments alone': () => open('segments'),
};

const way = WAYS.find((name) => name === process.argv[3]) as Way;
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
const conversations = recover[way]();
const milliseconds = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
const cpu = (user + system) / 1_000;
fs.writeSync(1, JSON.stringify({ milliseconds, cpu, ...count(conversations()) }));
// A journal compacts when it is left alone: the next process shall find the same files.
process.exit();

function open(name: 'compacted' | 'segments'): () => Conversations {
  const journal = createFileJournal({
    directory: path.join(directory, name),
    log: { info() {}, warn() {}, error: complain, alert: complain },
  });
  return function* () {
    for (let n = 0; n < CONVERSATIONS; n += 1) {
      const known = journal.call(addition(n, 0).started.call_id)?.conversation;
      if (known) yield known;
    }
  };
}

function count(conversations: Conversations): Omit<Recovered, 'milliseconds' | 'cpu'> {
  const counted = { calls: 0, messages: 0, characters: 0 };
  for (const { messages } of conversations) {
    counted.calls += 1;
    for (const message of Object.values(messages)) {
      counted.messages += 1;
      counted.characters += (message as { content: string }).content.length;
    }
  }
  return counted;
}

function complain(message: string): never {
  throw new Error(message);
}
