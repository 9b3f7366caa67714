import { createRequire } from 'node:module';
import type { Express } from 'express';
import type { Tokens } from './access/tokens.ts';
import type { CallEvent } from './calls/model.ts';
import { conference } from './joining.ts';
import { log } from './log.ts';
import {
  archive,
  config,
  database,
  firestore,
  lazy,
  mirror,
  now,
  pushingDatabase,
  settle,
} from './parts.ts';
import { live, stored } from './paths.ts';
import { holding, messages } from './takeover.ts';

/** The composition root of what supervisors use: the JSON API and the streams. */
const VERSION: string = createRequire(import.meta.url)('../package.json').version;

const clock = { now };

const tokens = lazy(async () => {
  const { createTokens } = await import('./access/tokens.ts');
  return createTokens({ secrets: config().jwtSecrets(), clock });
});

/** Those with which a browser keeps a session over a reload. */
const keptTokens = lazy(async () => {
  const { createTokens } = await import('./access/tokens.ts');
  return createTokens({ secrets: config().jwtSecrets(), use: 'aurora-kept-sessions', clock });
});

const adminStates = lazy(async () => {
  const { createAdminStates } = await import('./access/admin-state.ts');
  return createAdminStates(database());
});

export const gate = lazy(async () => gateFor(await tokens()));

async function gateFor(accepted: Tokens) {
  const { createGate } = await import('./access/gate.ts');
  return createGate({
    tokens: accepted,
    states: await adminStates(),
    companies: await companies(),
    database: database(),
    now,
  });
}

export const companies = lazy(async () => {
  const { createCompanies } = await import('./access/companies.ts');
  return createCompanies({ firestore, now });
});

export const audit = lazy(async () => {
  const { createAudit } = await import('./admin/audit.ts');
  return createAudit({ firestore: await firestore(), log });
});

/** Changes supervisors' records and what their tokens are checked against. */
const adminWriter = lazy(async () => {
  const { createAdminWriter } = await import('./access/admin-writer.ts');
  const { forgetAdmin } = await gate();
  return createAdminWriter({
    firestore: await firestore(),
    states: await adminStates(),
    audit: await audit(),
    forget: forgetAdmin,
    now,
  });
});

/** Creates, changes and removes supervisors. */
const adminAccounts = lazy(async () => {
  const { createAdminAccounts } = await import('./access/admin-accounts.ts');
  return createAdminAccounts({
    firestore: await firestore(),
    states: await adminStates(),
    audit: await audit(),
    writer: await adminWriter(),
  });
});

/** One-time links for invitations and resets. */
const links = lazy(async () => {
  const { createLinks } = await import('./access/links.ts');
  return createLinks({
    firestore: await firestore(),
    audit: await audit(),
    baseUrl: config().PUBLIC_BASE_URL,
    now,
  });
});

const viewers = lazy(async () => {
  const { createViewers } = await import('./access/viewers.ts');
  return createViewers({ companies: await companies(), firestore, now });
});

export const limits = lazy(async () => {
  const { createLimits } = await import('./admin/limits.ts');
  const { REQUESTS_PER_ADDRESS, REQUESTS_PER_TOKEN } = config();
  return createLimits({ perAddress: REQUESTS_PER_ADDRESS, perToken: REQUESTS_PER_TOKEN });
});

const health = lazy(async () => {
  const [{ healthRoute }, manual] = await Promise.all([
    import('./admin/health.ts'),
    import('./assistant/manual/manual.ts'),
  ]);
  const review = manual.manualReview(manual.loadManuals());
  const ask = {
    database: async () => void (await database().keys(live.tombstone('health'))),
    firestore: async () => void (await (await firestore()).doc(stored.company('health')).get()),
    manuals: () => review,
  };
  return healthRoute(ask, { version: VERSION, clock, log });
});

/** Signing in and out, and how one signs in. */
const session = lazy(async () => {
  const [routes, admins, passwords, tries, totp, redeem] = await Promise.all([
    import('./admin/session/session-routes.ts'),
    import('./admin/firestore-admins.ts'),
    import('./access/passwords.ts'),
    import('./access/login-tries.ts'),
    import('./access/totp.ts'),
    import('./access/link-redeem.ts'),
  ]);
  const store = await firestore();
  const { byEmail, byId } = admins.createFirestoreAdmins({ firestore: store, log });
  const writer = await adminWriter();
  const hashing = passwords.createPasswords();
  return routes.sessionRoutes({
    adminByEmail: byEmail,
    adminById: byId,
    states: await adminStates(),
    gate: await gate(),
    companies: await companies(),
    tries: tries.createLoginTries({ database: database(), now, log }),
    totp: totp.createTotp({ database: database(), now }),
    redeem: redeem.createLinkRedeem({ firestore: store, writer, passwords: hashing, now }),
    passwords: hashing,
    writer,
    tokens: await tokens(),
    keptTokens: await keptTokens(),
    keptGate: await gateFor(await keptTokens()),
    pageOrigins: config().corsOrigins,
    audit: await audit(),
    database: database(),
    now,
  });
});

/** Spoken when a supervisor ends a telephone call. */
const GOODBYE =
  'Your supervisor ends this call now. If you still need help, call this number again. Goodbye.';

/** Help that was sent is told to those who were fetched: begun before the answer, not waited for. */
async function applied(events: readonly CallEvent[]): Promise<void> {
  await mirror().apply(events);
  const helped = events.find(({ type }) => type === 'help_dispatched');
  const callId = helped?.call_id;
  if (callId) void import('./pages.ts').then(({ lookAgain }) => lookAgain(callId));
}

/** Calls, live and archived, and what people do to them. */
const calls = lazy(async () => {
  const [{ callsApi }, { createTwilioCalls }, { sayGoodbye }] = await Promise.all([
    import('./admin/calls/calls-api.ts'),
    import('./twilio/calls.ts'),
    import('./webhooks/twiml.ts'),
  ]);
  const settings = config();
  const twilio = lazy(() =>
    createTwilioCalls({
      accountSid: settings.TWILIO_ACCOUNT_SID,
      authToken: settings.twilioAuthTokens()[0] ?? '',
      baseUrl: settings.TWILIO_API_BASE_URL,
    }),
  );
  return callsApi({
    database: database(),
    firestore,
    archive,
    settle,
    apply: applied,
    viewers: await viewers(),
    companies: await companies(),
    audit: await audit(),
    twilio,
    goodbye: sayGoodbye({ text: GOODBYE, language: 'en' }),
    holding,
    messages,
    conference,
    pager: async () => (await import('./pages.ts')).pager(),
    timeZone: settings.TIME_ZONE,
    now,
    log,
  });
});

/** What a company keeps of itself: people, places, settings, keys, and who changed what. */
const team = lazy(async () => {
  const { teamRoutes } = await import('./admin/team/team-routes.ts');
  return teamRoutes({
    firestore: await firestore(),
    audit: await audit(),
    accounts: await adminAccounts(),
    links: await links(),
    states: await adminStates(),
    gate: await gate(),
    companies: await companies(),
    defaultCountry: config().DEFAULT_COUNTRY,
    log,
    now,
  });
});

/** A company's manuals and cards, from the draft to what callers hear. */
const manuals = lazy(async () => {
  const [{ manualRoutes }, { askWithPack }, { embeddedPack }] = await Promise.all([
    import('./admin/manuals/manuals-routes.ts'),
    import('./admin/manuals/ask-with-pack.ts'),
    import('./assistant/manual/embedded-pack.ts'),
  ]);
  const embedded = embeddedPack();
  return manualRoutes({
    firestore: await firestore(),
    audit: await audit(),
    companies: await companies(),
    hazards: new Set(embedded.procedures.keys()),
    embedded,
    ask: askWithPack,
    emergencyNumber: config().EMERGENCY_NUMBER,
    now,
  });
});

/** What the archive comes to. */
const insights = lazy(async () => {
  const { insightsRoutes } = await import('./admin/insights/insights-routes.ts');
  return insightsRoutes({
    firestore,
    archive,
    companies: await companies(),
    viewers: await viewers(),
    audit: await audit(),
    now,
  });
});

const clientConfig = lazy(async () => {
  const { clientConfigRoute } = await import('./admin/client-config.ts');
  const settings = config();
  return clientConfigRoute({
    version: VERSION,
    api_base_url: settings.PUBLIC_BASE_URL,
    streams_base_url: settings.streamsBaseUrl,
    time_zone: settings.TIME_ZONE,
    limits: {
      requests_per_minute: settings.REQUESTS_PER_TOKEN,
      streams_per_token: settings.STREAMS_PER_TOKEN,
      stream_heartbeat_seconds: settings.STREAM_HEARTBEAT_SECONDS,
      stream_max_seconds: settings.STREAM_MAX_SECONDS,
    },
  });
});

/** The streams, and how this instance ends. */
export const streams = lazy(async () => {
  const { createStreams } = await import('./streams/app.ts');
  const settings = config();
  return createStreams({
    database: await pushingDatabase(),
    firestore,
    archive: await archive(),
    gate: await gate(),
    limits: await limits(),
    audit: await audit(),
    settings: {
      corsOrigins: settings.corsOrigins,
      proxyHops: settings.PROXY_HOPS,
      heartbeatSeconds: settings.STREAM_HEARTBEAT_SECONDS,
      longestSeconds: settings.STREAM_MAX_SECONDS,
      perToken: settings.STREAMS_PER_TOKEN,
      perAddress: settings.STREAMS_PER_ADDRESS,
      timeZone: settings.TIME_ZONE,
    },
    log,
    clock,
    random: Math.random,
  });
});

/** How the installation is doing, for its operators. */
const operations = lazy(async () => {
  const [{ operationsRoute }, { databaseProbes }, { mirrorQueueDepth }] = await Promise.all([
    import('./admin/operations/operations-route.ts'),
    import('./measured.ts'),
    import('./queues.ts'),
  ]);
  return operationsRoute({
    database: database(),
    firestore,
    databases: databaseProbes,
    queueDepth: mirrorQueueDepth,
    now,
  });
});

/** Every route that the API serves, but for its own description. */
const routes = lazy(async () =>
  (
    await Promise.all([
      health(),
      clientConfig(),
      session(),
      calls(),
      team(),
      manuals(),
      insights(),
      operations(),
    ])
  ).flat(),
);

/** The app behind the supervisors' API. */
export const api = lazy(async (): Promise<Express> => {
  const [{ createApi }, { openApiRoute }, { REPORT }, { streamDescriptions }] = await Promise.all([
    import('./admin/api.ts'),
    import('./admin/openapi.ts'),
    import('./webhooks/text/report-route.ts'),
    import('./streams/described.ts'),
  ]);
  const settings = config();
  const served = await routes();
  // Other functions serve these.
  const elsewhere = [REPORT, ...streamDescriptions];
  return createApi({
    routes: [...served, openApiRoute([...served, ...elsewhere], VERSION)],
    gate: await gate(),
    limits: await limits(),
    corsOrigins: settings.corsOrigins,
    proxyHops: settings.PROXY_HOPS + settings.HOSTING_HOPS,
    log,
    clock,
  });
});
