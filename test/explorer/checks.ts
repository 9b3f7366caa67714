import { conversationId } from '../../functions/src/calls/ids.ts';
import type { Call, Conversation, Message } from '../../functions/src/calls/model.ts';
import { compareMessages } from '../../functions/src/calls/order.ts';
import { inOrder } from '../../functions/src/calls/reduce.ts';
import { instant } from '../../functions/src/calls/times.ts';
import { live } from '../../functions/src/paths.ts';
import { countsGoneWrong } from './check-counts.ts';
import { checkFacts } from './check-facts.ts';
import { checkNotes } from './check-notes.ts';
import { checkSupervisors, twoSpeakers } from './check-people.ts';
import type { Ledger } from './ledger.ts';
import { atOnce } from './network.ts';
import {
  allowedEnds,
  allowedUrgencies,
  callIdOf,
  type Expected,
  endsOf,
  expectedOf,
  messagesOf,
  type Sent,
  sentByCall,
} from './oracle.ts';
import { PRODUCTION, ZONE } from './parts.ts';
import { canonical } from './realtime-database.ts';
import type { World } from './world.ts';

type ArchivedCall = NonNullable<
  Awaited<ReturnType<ReturnType<typeof PRODUCTION.createArchive>['call']>>
>;

/** Reasons to bury a task: nothing durable ever held the beginning of its call. */
const BEYOND_REPAIR = new Set(['call_unknown', 'call_not_live_yet']);
/** Milliseconds. */
const SLOW = 45 * 60 * 1_000;

/** One call as it was found when everything had come to rest. */
interface Found {
  id: string;
  live: Call | null;
  liveWords: Conversation | null;
  tombstone: unknown;
  archived: ArchivedCall | undefined;
  words: readonly Message[];
  violate: (what: string) => void;
}

/** Everything that is wrong with a world that has come to rest; empty when nothing is. */
export async function violationsOf(world: World): Promise<string[]> {
  const { ledger, instances } = world;
  const violations = [...ledger.violations];
  const sent = sentByCall(world);
  const chains = await findChains(world, sent, (id, what) => violations.push(`${id}: ${what}`));
  for (const [first, chain] of chains) {
    for (const found of chain) {
      const others = chain.filter((other) => other !== found).flatMap(({ words }) => words);
      const expected = expectedOf(sent.get(first) ?? [], {
        isAlone: chain.length === 1,
        isFirst: found.id === first,
        has: (id) => found.words.some((word) => word.id === id),
        othersHave: (id) => others.some((word) => word.id === id),
      });
      checkCall(found, expected, found.id === first, ledger);
      if (chain.length === 1) checkLastMessage(found, expected);
      checkRested(found, ledger);
    }
    // Each call of a chain for itself where one was removed by hand: see docs/durability.md.
    const wasRemoved = chain.some(({ id }) => ledger.removed.has(id));
    const places = wasRemoved
      ? chain.map(({ words }) => words)
      : [chain.flatMap(({ words }) => words)];
    violations.push(...places.flatMap(storedTwice));
  }
  violations.push(...twoSpeakers(ledger));
  violations.push(...tasksGoneWrong(world, sent));
  violations.push(...(await countsGoneWrong(world)));
  for (const { host, pending } of instances) {
    if (pending().length)
      violations.push(`I2: ${host.name} still holds events that it did not send`);
  }
  return violations;
}

function checkRested({ id, live, archived, words, violate }: Found, ledger: Ledger): void {
  const call = archived ?? live;
  if (call) checkSupervisors({ id, call, words, violate }, ledger);
}

function checkCall(found: Found, expected: Expected, isFirst: boolean, ledger: Ledger): void {
  checkOnePlace(found, expected);
  checkWords(found, expected);
  if (!ledger.begunAgain.has(expected.started[0]?.call_sid ?? '')) checkOrder(found);
  checkEnd(found, expected);
  checkFields(found, expected, isFirst);
}

/** Every call that left a trace, with the calls that continue it, by the first one's id. */
async function findChains(
  world: World,
  sent: Map<string, Sent[]>,
  violate: (id: string, what: string) => void,
): Promise<Map<string, Found[]>> {
  const { realtime, firestore } = world;
  const archive = PRODUCTION.createArchive(
    firestore.client(atOnce, () => false),
    ZONE,
  );
  const all = new Map<string, Found>();
  for (const id of idsOf(world, sent)) {
    const conversation = conversationId(id);
    const liveWords = realtime.get(live.conversation(conversation)) as Conversation | null;
    const archived = await archive.conversation(conversation);
    if (archived && archived.total_messages !== archived.messages.length) {
      violate(id, 'total_messages is wrong');
    }
    all.set(id, {
      id,
      live: realtime.get(live.call(id)) as Call | null,
      liveWords,
      tombstone: realtime.get(live.tombstone(id)),
      archived: await archive.call(id),
      words: archived?.messages ?? inOrder(liveWords?.messages ?? {}),
      violate: (what) => violate(id, what),
    });
  }
  const firstOf = (id: string): string => {
    const found = all.get(id);
    const before = found?.archived?.continues ?? found?.live?.continues;
    return before === undefined || before === null ? id : firstOf(before);
  };
  return Map.groupBy(all.values(), ({ id }) => firstOf(id));
}

/**
 * Neither in one call nor in two of a chain (I3). Let pass: a turn that two instances heard, one of
 * them in the half minute that still belongs to an ended call and the other after it. Each copy goes
 * where its own time belongs, and neither knows of the other.
 */
function storedTwice(words: readonly Message[]): string[] {
  const copies = words.map(({ id, timestamp }) => `${id} ${timestamp}`);
  const twice = words.filter((_, index) => copies.indexOf(copies[index] as string) !== index);
  return twice.map(({ content }) => `I3: said once and stored twice: ${content}`);
}

/**
 * Every task has been done, or is among the dead letters because nothing durable ever held the
 * beginning of its call, or that beginning itself took most of the hour after which it is given up
 * (an instance that could not send it may hold it for as long as it lives).
 */
function tasksGoneWrong(
  { ledger: { tasks, batches }, realtime }: World,
  calls: Map<string, Sent[]>,
): string[] {
  const isSlow =
    tasks.some(({ took = 0 }) => took > SLOW) || batches.some(({ held }) => held === false);
  return tasks.flatMap(({ state, reason = '', events }) => {
    if (state === 'waiting') return ['a task was never done'];
    if (state === 'done') return [];
    if (!BEYOND_REPAIR.has(reason)) return [`a task is among the dead letters: ${reason}`];
    const sent = calls.get(callIdOf(events, realtime) ?? '') ?? [];
    const isKnown = sent.some(
      (batch) => batch.isCertain && batch.events.some(({ type }) => type === 'call_started'),
    );
    return isKnown && !isSlow ? [`a task of a call that is known was buried: ${reason}`] : [];
  });
}

function idsOf({ realtime, firestore }: World, calls: Map<string, Sent[]>): Set<string> {
  const keys = (path: string) => Object.keys((realtime.get(path) as object | null) ?? {});
  return new Set([
    ...calls.keys(),
    ...keys(live.calls),
    ...keys(live.tombstones),
    ...keys(live.conversations).map((id) => id.replace('conv_', 'call_')),
    ...firestore.paths().flatMap((path) => (path.startsWith('calls/') ? [path.slice(6)] : [])),
  ]);
}

/** Live or archived, whole, and never both (I4). */
function checkOnePlace(found: Found, expected: Expected): void {
  const { live, liveWords, tombstone, archived, words, violate } = found;
  if (tombstone !== null) {
    if (live) violate('I4: archived, and live again');
    if (liveWords) violate('I4: archived, and its words are live');
    if (!archived) violate('I2: has a tombstone, and no call in the archive');
    return;
  }
  if (archived) violate('I4: in the archive without a tombstone');
  // Words whose call nothing ever held may be left by an instance that died while it wrote them.
  if (!live && words.length && hasCertainStart(expected)) violate('orphan: words without a call');
  if (live && liveWords && liveWords.call_id === undefined) violate('words that name no call');
}

/** Every word that something held is there, once, as it was said, in order (I2, I3). */
function checkWords({ words, violate }: Found, expected: Expected): void {
  const offered = new Map<string, Set<string>>();
  for (const { id, content } of messagesOf([...expected.certain, ...expected.possible])) {
    offered.set(id, (offered.get(id) ?? new Set()).add(content));
  }
  const byId = new Map(words.map((message) => [message.id, message]));
  if (byId.size !== words.length) violate('I3: a message is there twice');
  for (const { id, role, content } of messagesOf(expected.certain)) {
    const found = byId.get(id);
    if (!found) violate(`I2: lost: ${content}`);
    else if (role === 'user' && found.content !== content) violate(`I2: overwritten: ${content}`);
  }
  for (const { id, content, role, grounding } of words) {
    if (!offered.get(id)?.has(content)) violate(`nobody said ${content}`);
    const rests = grounding?.model ?? content;
    if (role === 'assistant' && !content.endsWith(rests))
      violate(`I3: ${content} rests on another reply`);
    if (role === 'assistant' && content.includes('To "') && !grounding) {
      violate(`I2: lost what a reply rests on: ${content}`);
    }
  }
  if (
    words.some((message, at) => at > 0 && compareMessages(words[at - 1] as Message, message) >= 0)
  ) {
    violate('out of order');
  }
}

/** The caller's words stand in the order in which they were said (I2). */
function checkOrder({ words, violate }: Found): void {
  const places = words.flatMap(({ content }) => /^words ([0-9]+)/.exec(content)?.[1] ?? []);
  if (places.some((place, at) => at > 0 && Number(places[at - 1]) >= Number(place))) {
    violate(`words are out of order: ${places}`);
  }
}

/** An end that something held has been brought to its end: archived, nothing live (I5). */
function checkEnd({ live, tombstone, violate }: Found, expected: Expected): void {
  if (live?.status === 'ENDED') violate('ended, and still live');
  if (endsOf(expected.certain).length === 0) return;
  if (hasCertainStart(expected) && tombstone === null) violate('ended, and not archived');
}

function hasCertainStart({ certain }: Expected): boolean {
  return certain.some(({ type }) => type === 'call_started');
}

/** The fields of the call are the fold of its events. */
function checkFields(found: Found, expected: Expected, isFirst: boolean): void {
  const { live, archived, words, violate } = found;
  const call = archived ?? live;
  if (!call) return;
  const urgencies = allowedUrgencies(expected);
  const by = canonical(call.urgency_by);
  if (!urgencies.some(({ urgency }) => urgency === call.urgency)) {
    violate(`I5: urgency is ${call.urgency}, not ${urgencies.map(({ urgency }) => urgency)}`);
  } else if (isFirst && !urgencies.some((one) => one.urgency === call.urgency && one.by === by)) {
    violate(`I5: urgency_by is ${by}, not ${urgencies.map((allowed) => allowed.by)}`);
  }
  checkNotes(call, expected, violate);
  checkFacts(call, expected, violate);
  if (!archived) return;
  if (isFirst) checkTimes(expected, archived, violate);
  if (expected.started[0]?.call_sid !== (archived.call_sid ?? undefined))
    violate('lost its CallSid');
  checkSearch(archived, words, violate);
}

function checkLastMessage({ live, archived, violate }: Found, expected: Expected): void {
  const call = archived ?? live;
  if (!call) return;
  const at = instant(call.last_message_at);
  const latest = Math.max(
    ...messagesOf(expected.certain).map(({ timestamp }) => instant(timestamp)),
  );
  if (at < latest) violate('last_message_at is before the last message');
  const allowed = [
    ...messagesOf([...expected.certain, ...expected.possible]).map(({ timestamp }) => timestamp),
    ...expected.started.map((started) => started.at),
  ];
  if (!allowed.some((timestamp) => instant(timestamp) === at))
    violate('last_message_at is nobody’s');
}

/** Of a call that continues another they follow from the other's. */
function checkTimes(expected: Expected, archived: ArchivedCall, violate: Found['violate']): void {
  const starts = expected.started.map((started) => instant(started.at));
  if (!starts.includes(instant(archived.started_at))) violate('started_at is nobody’s');
  const ends = allowedEnds(expected);
  const mayHaveNone = endsOf(expected.certain).length === 0;
  const isEnd = ends.some(
    (end) =>
      instant(end.at) === instant(archived.ended_at) && end.end_reason === archived.end_reason,
  );
  if (!isEnd && !(mayHaveNone && archived.end_reason === 'unknown')) {
    violate(`ended_at or end_reason is nobody’s: ${archived.end_reason} ${archived.ended_at}`);
  }
  const length = Math.max(0, instant(archived.ended_at) - instant(archived.started_at));
  if (archived.duration_seconds !== Math.round(length / 1_000))
    violate('duration_seconds is wrong');
}

function checkSearch(
  archived: ArchivedCall,
  words: readonly Message[],
  violate: Found['violate'],
): void {
  const missing = words.find(({ content }) => {
    const [, token] = /^words ([0-9]+ of call [0-9]+)/.exec(content) ?? [];
    return token?.split(' ').some((word) => word.length > 1 && !archived.search.includes(word));
  });
  if (missing) violate('words that a search does not find');
}
