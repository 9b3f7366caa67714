import type { Express } from 'express';
import { createApiKeys } from './access/api-keys.ts';
import type { FindWorker } from './access/worker-lookup.ts';
import { createApi } from './admin/api.ts';
import { available } from './admin/available.ts';
import { log } from './log.ts';
import { continuationOf } from './mirror/continuation.ts';
import { config, database, firestore, liveCall, now } from './parts.ts';
import { audit, companies, gate, limits } from './supervisors.ts';
import { createOnce } from './turn/once.ts';
import type { Turns } from './turn/turn.ts';
import { createCallers } from './webhooks/text/callers.ts';
import { createClaims } from './webhooks/text/claims.ts';
import { createOpenTexts } from './webhooks/text/open-texts.ts';
import { createReportGate } from './webhooks/text/report-gate.ts';
import { reportRoute } from './webhooks/text/report-route.ts';
import { createTextTurns, type TextAnswer } from './webhooks/text/text-turns.ts';

const MINUTE = 60_000;

/**
 * The composition root of text turns that come through the API: in the function `twilio`, which has
 * the journal, but loaded with the first such turn, so that no caller waits for it.
 */
export async function createReports(of: {
  turns: Turns;
  findWorker: FindWorker;
  /** Brings the company's manuals up to date; bounded, and never rejects. */
  refreshManuals: (companyId: string) => Promise<void>;
}): Promise<Express> {
  const settings = config();
  const findCaller = createCallers({
    findWorker: of.findWorker,
    companies: await companies(),
    firestore,
    emergencyNumber: settings.EMERGENCY_NUMBER,
  });
  const take = createTextTurns({
    turns: of.turns,
    claims: createClaims(database()),
    openTexts: createOpenTexts({
      database: database(),
      continuationOf,
      quietAfter: settings.TEXT_QUIET_MINUTES * MINUTE,
      now,
    }),
    findCaller: async (companyId, e164) => {
      const [caller] = await Promise.all([
        findCaller(companyId, e164),
        of.refreshManuals(companyId),
      ]);
      return caller;
    },
    liveCall,
    once: createOnce<TextAnswer>(),
    available,
    defaultCountry: settings.DEFAULT_COUNTRY,
    hashKey: settings.CALL_ID_STYLE === 'hashed' ? settings.twilioAuthTokens()[0] : undefined,
    now,
    log,
  });
  const { verify } = createApiKeys({ firestore, now });
  return createApi({
    routes: [reportRoute({ take, audit: await audit() })],
    gate: createReportGate({ gate, verify, available }),
    limits: await limits(),
    corsOrigins: settings.corsOrigins,
    proxyHops: settings.PROXY_HOPS + settings.HOSTING_HOPS,
    log,
    clock: { now },
  });
}
