import { createRequire } from 'node:module';
import path from 'node:path';
import { foldLatest } from '../../functions/src/calls/latest.ts';
import type { Call, StoredMessage } from '../../functions/src/calls/model.ts';
import { callFrom } from '../../functions/src/calls/reduce.ts';
import { instant } from '../../functions/src/calls/times.ts';
import { type Addition, emptyTotal } from './conversations.ts';
import type { Store } from './store.ts';

/** The part of better-sqlite3 (which comes without types) that is used here. */
interface Database {
  pragma(text: string): unknown;
  exec(sql: string): void;
  prepare(sql: string): { run(...values: unknown[]): void; all(): unknown[] };
  transaction<A extends unknown[]>(run: (...values: A) => void): (...values: A) => void;
  close(): void;
}

/**
 * better-sqlite3 13: a table of calls and one of messages keyed by (conversation, message), one
 * transaction per message, prepared statements, write-ahead log, a cache of 256 MB, and
 * `synchronous = OFF`, so that it waits for the disk as little as the others do. What each side said
 * last is not written, which is in its favour: it is found among the messages when they are read.
 * Throws where its binary can't be loaded.
 */
export function createSqliteStore(directory: string): Store {
  const require = createRequire(import.meta.url);
  const Sqlite = require('better-sqlite3') as new (file: string) => Database;
  const db = new Sqlite(path.join(directory, 'total.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -262144');
  db.exec(`
    CREATE TABLE calls (id TEXT PRIMARY KEY, last_message_at TEXT, last_instant INTEGER, call TEXT)
      WITHOUT ROWID;
    CREATE TABLE messages (call_id TEXT, id TEXT, message TEXT, PRIMARY KEY (call_id, id))
      WITHOUT ROWID;
  `);
  const insertCall = db.prepare('INSERT OR IGNORE INTO calls VALUES (?, ?, ?, ?)');
  const insertMessage = db.prepare('INSERT OR IGNORE INTO messages VALUES (?, ?, ?)');
  const touchCall = db.prepare(
    'UPDATE calls SET last_message_at = ?, last_instant = ? WHERE id = ? AND last_instant < ?',
  );
  const append = db.transaction(add);

  return {
    fill: db.transaction((additions: Iterable<Addition>) => {
      for (const addition of additions) add(addition);
    }),
    append,
    finish,
  };

  function add({ started, message: { id, ...stored } }: Addition): void {
    const { call_id, at } = started;
    insertCall.run(call_id, at, instant(at), JSON.stringify(callFrom(started)));
    insertMessage.run(call_id, id, JSON.stringify(stored));
    const spokenAt = instant(stored.timestamp);
    touchCall.run(stored.timestamp, spokenAt, call_id, spokenAt);
  }

  async function finish() {
    const total = emptyTotal();
    const calls = db.prepare('SELECT * FROM calls').all();
    for (const row of calls as { id: string; last_message_at: string; call: string }[]) {
      const call: Call = { ...JSON.parse(row.call), last_message_at: row.last_message_at };
      total.active_calls[row.id] = call;
      total.active_conversations[call.conversation_id] = { call_id: row.id, messages: {} };
    }
    const messages = db.prepare('SELECT * FROM messages').all();
    for (const row of messages as { call_id: string; id: string; message: string }[]) {
      const call = total.active_calls[row.call_id];
      if (!call) continue;
      const stored: StoredMessage = JSON.parse(row.message);
      call.latest = foldLatest(call.latest, { id: row.id, ...stored });
      Object.assign(total.active_conversations[call.conversation_id]?.messages ?? {}, {
        [row.id]: stored,
      });
    }
    db.close();
    return total;
  }
}
