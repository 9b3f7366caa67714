import type { Directory } from './access/directory.ts';
import type { FindWorker } from './access/worker-lookup.ts';
import type { CallEvent } from './calls/model.ts';
import { log } from './log.ts';
import { continuationOf } from './mirror/continuation.ts';
import { config, database, firestore, liveCall, now } from './parts.ts';
import { createOnce } from './turn/once.ts';
import type { Turns } from './turn/turn.ts';
import { createSiteNumbers } from './webhooks/text/callers.ts';
import { createClaims } from './webhooks/text/claims.ts';
import { createKeywordAnswers } from './webhooks/text/keyword-answers.ts';
import { createLastTexts } from './webhooks/text/last-texts.ts';
import { createMessageTurns } from './webhooks/text/message-turns.ts';
import { type AnswerBySms, createMessages } from './webhooks/text/messages.ts';
import { createOpenTexts } from './webhooks/text/open-texts.ts';
import { createOptOuts } from './webhooks/text/opt-outs.ts';
import { createSenders } from './webhooks/text/senders.ts';

const MINUTE = 60_000;

/**
 * The composition root of SMS and WhatsApp: in the function `twilio`, which has the journal, but
 * loaded with the first message, so that no caller waits for it.
 */
export function createTexts(of: {
  turns: Turns;
  directory: Directory;
  findWorker: FindWorker;
  /** Brings the company's manuals up to date; bounded, and never rejects. */
  refreshManuals: (companyId: string) => Promise<void>;
  answerBySms: AnswerBySms;
  /** Records what happened beside a turn; resolves to whether it is durable. */
  record: (events: CallEvent[]) => Promise<boolean>;
}) {
  const settings = config();
  const quietAfter = settings.TEXT_QUIET_MINUTES * MINUTE;
  const openTexts = createOpenTexts({ database: database(), continuationOf, quietAfter, now });
  const senderOf = createSenders({
    findWorker: of.findWorker,
    siteNumber: createSiteNumbers(firestore),
    log,
  });
  const take = createMessageTurns({
    turns: of.turns,
    claims: createClaims(database()),
    openTexts,
    lastTexts: createLastTexts({ quietAfter, now }),
    senderOf: async (site, number) => {
      const refreshed = of.refreshManuals(site.companyId);
      const [sender] = await Promise.all([senderOf(site, number), refreshed]);
      return sender;
    },
    liveCall,
    hashKey: settings.CALL_ID_STYLE === 'hashed' ? settings.twilioAuthTokens()[0] : undefined,
    now,
    log,
  });
  return createMessages({
    publicBaseUrl: settings.PUBLIC_BASE_URL,
    defaultCountry: settings.DEFAULT_COUNTRY,
    directory: of.directory,
    answerBySms: of.answerBySms,
    keywordAnswer: createKeywordAnswers({
      take,
      optOuts: createOptOuts(database()),
      openTexts,
      record: of.record,
      now,
      log,
    }),
    take,
    once: createOnce<string>(),
    record: of.record,
    now,
    emergencyNumber: settings.EMERGENCY_NUMBER,
    log,
  });
}
