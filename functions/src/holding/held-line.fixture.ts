import type { Assistant } from '../assistant/assistant.ts';
import { CALL_ID, CALL_SID } from '../calls/events.fixture.ts';
import { conversationId, messageId } from '../calls/ids.ts';
import { readCall, readConversation } from '../calls/live.ts';
import type { Call, CallEvent, Owner, StoredMessage } from '../calls/model.ts';
import { lastTurn } from '../calls/reduce.ts';
import { isoInZone, zoneOf } from '../calls/times.ts';
import { AuroraError } from '../errors.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { Log } from '../log.ts';
import { createMirror } from '../mirror/apply.ts';
import { createOutbox } from '../mirror/outbox.ts';
import { live } from '../paths.ts';
import { createOnce } from '../turn/once.ts';
import { createTurns } from '../turn/turn.ts';
import { type Link, readLink } from '../webhooks/link.ts';
import { createVoice } from '../webhooks/voice.ts';
import { BASE, holdingOver, stateIn } from './holding.fixture.ts';
import { memoryDatabase } from './memory-database.fixture.ts';

/** What a caller hears of one document, until the next one takes its place. */
export interface Played {
  link: Link;
  said: string;
  by: 'webhook' | 'redirect';
  /** The turn that it answers. */
  answers?: Link;
}

export interface Surroundings {
  /** Lets whatever happens between processes happen; each waits for it. */
  step: (what: string) => Promise<void>;
  /** Which document wins where a redirect and a webhook's answer meet: Twilio does not tell. */
  redirectWins: () => boolean;
}

const START = Date.parse('2025-10-04T14:30:00+05:30');
const ZONE = 'UTC+05:30';

/** One caller's line, the real turns behind it, and supervisors; only time, Twilio and databases are made up. */
export function createHeldLine({ step, redirectWins }: Surroundings) {
  let time = START;
  const now = () => time;
  const log: Log = { info() {}, warn() {}, error() {}, alert() {} };
  const owners: Owner[] = [];
  let isTwilioAway = false;
  let isPagerAway = false;
  let isDatabaseAway = false;
  const asked = async (what: string) => {
    await step(what);
    if (isDatabaseAway) throw new AuroraError(503, 'database_away', 'away');
  };
  const database = memoryDatabase(asked, (path, value) => {
    const owner = path === live.call(CALL_ID) ? (value as Call).owner : undefined;
    if (owner) owners.push(owner);
  });
  const archive = {
    merge: async () => {
      throw new Error('Nothing is archived here.');
    },
    past: async () => undefined,
  };
  const { apply } = createMirror({ database, archive, now });
  const tasks: Promise<void>[] = [];
  const paged: string[] = [];
  const played: Played[] = [];
  let version = 0;
  let document: Played | undefined;
  let redirectedTo: Link | undefined;
  let onTheLine = true;

  const holding = holdingOver({
    database,
    apply,
    now,
    log,
    pager: {
      async raise({ callId }) {
        await step('page');
        if (isPagerAway) throw new Error('away');
        paged.push(callId);
      },
    },
    twilio: {
      async redirect(_, twiml) {
        await step('redirect');
        if (isTwilioAway) throw new Error('away');
        if (!onTheLine) return false;
        version += 1;
        play(twiml, 'redirect');
        return true;
      },
      state: async () => ({ status: onTheLine ? 'in-progress' : 'completed' }),
    },
  });

  const assistant: Assistant = {
    async reply(conversation, { text, key }) {
      await step('think');
      const last = conversation.findLast(({ role }) => role === 'assistant')?.content ?? 'greeting';
      const reply = key === '0' ? last : `Aurora answers ${text}.`;
      return { reply, urgency: text.includes('fire') ? 'CRITICAL' : 'NORMAL', sources: '' };
    },
    card: () => ({ reply: 'Safe words.', urgency: 'URGENT', sources: '' }),
  };
  const journal = createMemoryJournal();
  const outbox = createOutbox({
    queue: {
      async enqueue({ events }) {
        await step('enqueue');
        tasks.push(runTask(events));
      },
    },
    journal,
    apply,
    directWrite: false,
    log,
  });
  const turns = createTurns({
    assistant,
    journal,
    outbox,
    readLive: (callId) => stateIn(database, callId),
    timestamp: (like) => isoInZone(now(), zoneOf(like)),
    log,
  });
  const voice = createVoice({
    publicBaseUrl: BASE,
    defaultCountry: undefined,
    hashKey: undefined,
    directory: {
      refresh: async () => {},
      siteOf: () => ({
        companyId: 'demo',
        timeZone: ZONE,
        emergencyNumber: '112',
        languages: ['en-IN'],
      }),
    },
    workerLanguages: { lookUp() {}, of: () => undefined },
    knownCallId: () => CALL_ID,
    claimedCallId: async () => CALL_ID,
    lastTurnOf: (callId) => lastTurn(journal.call(callId)),
    turns,
    people: {
      async lapse(callId) {
        await holding.lapse(callId);
        return stateIn(database, callId);
      },
    },
    assistant,
    once: createOnce<string>(),
    now,
  });

  /** As Cloud Tasks: again until it succeeds. */
  async function runTask(events: readonly CallEvent[]): Promise<void> {
    for (let attempt = 0; attempt < 50; attempt++) {
      await step('task');
      while (isDatabaseAway) await new Promise(setImmediate);
      try {
        await apply(events);
        await holding.sendOnAfterStaleReply(events);
        return;
      } catch {}
    }
  }

  function play(twiml: string, by: Played['by'], answers?: Link): void {
    redirectedTo = undefined;
    const link = linkIn(twiml);
    if (!twiml.includes('<Gather')) {
      redirectedTo = link;
      return;
    }
    const said = [...twiml.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map(([, words]) => words);
    document = { link, said: said.join(' '), by, ...(answers && { answers }) };
    played.push(document);
  }

  const form = (SpeechResult: string) => ({
    CallSid: CALL_SID,
    AccountSid: `AC${'0'.repeat(32)}`,
    From: '+15550100001',
    To: '+15550100002',
    SpeechResult,
    Digits: '',
  });

  /** One document: the caller says something at its end, or nothing. */
  async function hear(words = ''): Promise<void> {
    const sentTo = redirectedTo;
    const link = sentTo ?? document?.link;
    if (!onTheLine || !link) return;
    const asked = version;
    const answer = await voice.processSpeech(form(sentTo ? '' : words), link);
    await step('answer');
    if (version === asked || !redirectWins()) play(answer, 'webhook', link);
    if (sentTo && words !== '') await hear(words);
  }

  return {
    ...holding,
    supervisorsMessages: holding.messages,
    now,
    paged,
    played,
    /** Every owner that the live call has had, in order. */
    owners,
    hear,
    async ring(): Promise<void> {
      const sent = linkIn(await voice.incomingCall(form('')));
      play(await voice.startCall(form(''), sent), 'webhook');
    },
    hangUp: () => {
      onTheLine = false;
    },
    passTime(milliseconds: number): void {
      time += milliseconds;
    },
    twilioIsAway(isAway: boolean): void {
      isTwilioAway = isAway;
    },
    pagerIsAway(isAway: boolean): void {
      isPagerAway = isAway;
    },
    databaseIsAway(isAway: boolean): void {
      isDatabaseAway = isAway;
    },
    tasksDone: async () => void (await Promise.all(tasks)),
    current: () => (redirectedTo ? undefined : document),
    call: (): Call => readCall(database.value(live.call(CALL_ID))),
    messages: (): Record<string, StoredMessage> =>
      readConversation(database.value(live.conversation(conversationId(CALL_ID)))).messages,
    replyTo: (link: Link): string => messageId(link.turn, 'assistant'),
  };
}

export type HeldLine = ReturnType<typeof createHeldLine>;

function linkIn(twiml: string): Link {
  const address = /(?:action="|<Redirect[^>]*>)([^"<]+)/.exec(twiml)?.[1] ?? '';
  if (!address.startsWith(BASE)) throw new Error(`Not an absolute address: ${address}`);
  const query = address.replaceAll('&amp;', '&').split('#')[0]?.split('?')[1] ?? '';
  const link = readLink(new URLSearchParams(query));
  if (!link) throw new Error(`Not a link: ${query}`);
  return link;
}
