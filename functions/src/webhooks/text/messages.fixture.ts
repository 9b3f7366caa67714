import { createDirectory } from '../../access/directory.ts';
import { createWorkerLookup } from '../../access/worker-lookup.ts';
import { shortHash } from '../../calls/ids.ts';
import { continuationOf } from '../../mirror/continuation.ts';
import { stored } from '../../paths.ts';
import { createOnce } from '../../turn/once.ts';
import { createSiteNumbers } from './callers.ts';
import { createClaims } from './claims.ts';
import { createKeywordAnswers } from './keyword-answers.ts';
import { createLastTexts } from './last-texts.ts';
import { createMessageStatus } from './message-status.ts';
import { createMessageTurns } from './message-turns.ts';
import { type AnswerBySms, createMessages } from './messages.ts';
import { createOpenTexts } from './open-texts.ts';
import { createOptOuts } from './opt-outs.ts';
import { createSenders } from './senders.ts';
import { type InstanceOptions, NUMBER, QUIET_AFTER, useTexts, ZONE } from './text.fixture.ts';

/** Messages of SMS and WhatsApp on both real database servers, on as many instances as a test asks for. */

export const LINE = '+15550109000';
export const SECOND_LINE = '+15550109001';
export const OTHERS_LINE = '+15550109002';
export const BASE_URL = 'https://aurora.example';

export interface Receiver extends InstanceOptions {
  answerBySms?: AnswerBySms;
  watchdog?: number;
  /** Milliseconds that a message waits for the database. */
  patience?: number;
}

export interface Received {
  /** The text of each message that is sent back. */
  replies: string[];
  /** Where Twilio tells what became of them. */
  statusUrls: string[];
}

let sids = 0;

/** The same name is the same message. */
export function messageSid(name: string | number = ++sids): string {
  return `SM${shortHash(`${name}`, 32)}`;
}

export function message(body: string, fields: Record<string, string> = {}): Record<string, string> {
  return { MessageSid: messageSid(), From: NUMBER, To: LINE, Body: body, NumMedia: '0', ...fields };
}

export function useMessages() {
  const setUp = useTexts();

  return async function setUpMessages() {
    const world = await setUp();
    const { firestore, clock, lines } = world;
    const now = () => clock.now;
    const log = world.log;
    await Promise.all([
      firestore.doc(stored.company('other')).set({ name: 'Other', emergency_number: '110' }),
      firestore.doc(stored.number(LINE)).set({ company_id: 'demo', languages: ['en-IN', 'hi-IN'] }),
      firestore.doc(stored.number(SECOND_LINE)).set({ company_id: 'demo' }),
      firestore.doc(stored.number(OTHERS_LINE)).set({ company_id: 'other' }),
    ]);

    function receiver({
      answerBySms = async () => undefined,
      watchdog,
      patience,
      ...options
    }: Receiver = {}) {
      const { turns, outbox, database } = world.instance(options);
      const openTexts = createOpenTexts({ database, continuationOf, quietAfter: QUIET_AFTER, now });
      const findWorker = createWorkerLookup({ firestore: async () => firestore, log });
      const take = createMessageTurns({
        turns,
        claims: createClaims(database),
        openTexts,
        lastTexts: createLastTexts({ quietAfter: QUIET_AFTER, now }),
        senderOf: createSenders({
          findWorker,
          siteNumber: createSiteNumbers(async () => firestore),
          log,
        }),
        liveCall: world.liveCall,
        ...(patience === undefined ? {} : { patience }),
        hashKey: undefined,
        now,
        log,
      });
      const incomingMessage = createMessages({
        publicBaseUrl: BASE_URL,
        defaultCountry: undefined,
        directory: createDirectory({
          firestore: async () => firestore,
          fallback: {
            companyId: 'default',
            timeZone: ZONE,
            emergencyNumber: '112',
            languages: ['en-IN'],
          },
          now,
          log,
        }),
        answerBySms,
        keywordAnswer: createKeywordAnswers({
          take,
          optOuts: createOptOuts(database),
          openTexts,
          record: outbox.send,
          now,
          log,
        }),
        take,
        once: createOnce<string>(),
        record: outbox.send,
        now,
        emergencyNumber: '112',
        ...(watchdog === undefined ? {} : { watchdog }),
        log,
      });
      const messageStatus = createMessageStatus({ record: outbox.send, timeZone: ZONE, now });

      return {
        async receive(form: Record<string, string>): Promise<Received> {
          const answer = await incomingMessage({
            form,
            query: new URLSearchParams(),
            link: undefined,
          });
          if (!('twiml' in answer)) throw new Error('No TwiML.');
          return readTwiml(answer.twiml);
        },
        tell: (url: string, form: Record<string, string>) =>
          messageStatus({ form, query: new URL(url).searchParams, link: undefined }),
      };
    }

    /** The only call there is. */
    async function onlyCall() {
      const ids = await world.calls();
      const [id = '', ...others] = ids;
      if (others.length > 0) throw new Error(`There are ${ids.length} calls.`);
      return { id, call: await world.liveCall(id), messages: await world.messages(id) };
    }

    return { ...world, lines, receiver, onlyCall };
  };
}

function readTwiml(document: string): Received {
  const messages = [
    ...document.matchAll(/<Message(?: statusCallback="([^"]*)")?>([^<]*)<\/Message>/g),
  ];
  return {
    replies: messages.map(([, , text = '']) => plain(text)),
    statusUrls: messages.flatMap(([, url]) => (url === undefined ? [] : [plain(url)])),
  };
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
