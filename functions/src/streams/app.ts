import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
import type { Database } from 'firebase-admin/database';
import type { Firestore } from 'firebase-admin/firestore';
import type { Gate } from '../access/gate.ts';
import { createApi } from '../admin/api.ts';
import type { Audit } from '../admin/audit.ts';
import type { Limits } from '../admin/limits.ts';
import type { Log } from '../log.ts';
import type { ArchiveReader } from './archived-copy.ts';
import { followConversation } from './conversation.ts';
import { followCalls } from './list-hub.ts';
import { createOpenStreams } from './open-streams.ts';
import { streamRoutes } from './routes.ts';
import { createShared } from './shared.ts';
import { createSlots } from './slots.ts';
import { createWatchedAccess } from './watched-access.ts';
import { createCompanyWatches } from './watched-company.ts';

export interface StreamsOptions {
  /** Over its WebSocket: what it tells is pushed. */
  database: Database;
  firestore: () => Promise<Firestore>;
  archive: ArchiveReader;
  gate: Gate;
  limits: Limits;
  audit: Pick<Audit, 'recordReading'>;
  settings: StreamSettings;
  log: Log;
  /** `now` in epoch milliseconds, `random` from 0 up to 1. */
  clock: { now(): number };
  random: () => number;
  /** Milliseconds for which listeners and connection outlast their last stream; default: seconds. */
  linger?: number;
  /** See `FollowOptions`. */
  pauses?: readonly number[];
}

export interface StreamSettings {
  corsOrigins: readonly string[];
  proxyHops: number;
  heartbeatSeconds: number;
  longestSeconds: number;
  perToken: number;
  perAddress: number;
  timeZone: string;
}

/** What is counted, for tests and benches. */
export interface StreamCounts {
  streams: number;
  conversations: number;
  lists: number;
  tokens: number;
  companies: number;
  connections: number;
}

export interface Streams {
  app: Express;
  counts(): StreamCounts;
  /** Tells every client to come back, to another instance; for one that ends. */
  closeAll(): Promise<void>;
}

/** Milliseconds. */
const LINGER = 2_000;

/** The connection goes after everything that uses it. */
const CONNECTION_LINGER = 10_000;

/** A slot whose instance vanished counts so many milliseconds longer than its stream could last. */
const SLOT_MARGIN = 60_000;

/**
 * The live streams, and all that they listen to on this instance. Nothing is polled, and what is
 * listened to is given up with the last stream that needs it: an instance without requests has no
 * CPU to keep a connection.
 */
export function createStreams(options: StreamsOptions): Streams {
  const { database, firestore, archive, settings, log, clock, random } = options;
  const { linger = LINGER } = options;
  const now = () => clock.now();
  const streams = createOpenStreams({ ...settings, now, random });
  const companies = createCompanyWatches({ firestore, linger, log });
  const conversations = createShared({
    key: String,
    start: (id: string) => followConversation(id, { ...options, database, archive, log }),
    linger,
  });
  const calls = createShared({
    key: (all: 'all') => all,
    start: () => followCalls(database, log),
    linger,
  });
  const connection = createShared({
    key: (all: 'all') => all,
    start: () => {
      database.goOnline();
      return { value: undefined, stop: () => database.goOffline() };
    },
    linger: options.linger ?? CONNECTION_LINGER,
  });
  const access = createWatchedAccess({ database, companies, now, linger, log });
  const routes = streamRoutes({
    access,
    conversations,
    calls,
    connection,
    slots: createSlots({
      database,
      longest: settings.longestSeconds * 1_000 + SLOT_MARGIN,
      now,
      instanceId: randomUUID(),
      log,
    }),
    open: streams.open,
    audit: options.audit,
    perToken: settings.perToken,
    perAddress: settings.perAddress,
  });
  const { gate, limits } = options;
  const { corsOrigins, proxyHops } = settings;
  return {
    app: createApi({ routes, gate, limits, corsOrigins, proxyHops, log, clock }),
    counts: () => ({
      streams: streams.count(),
      conversations: conversations.running(),
      lists: calls.running(),
      tokens: access.running(),
      companies: companies.running(),
      connections: connection.running(),
    }),
    closeAll: streams.closeAll,
  };
}
