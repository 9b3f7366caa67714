import { conversationId } from '../../functions/src/calls/ids.ts';
import type { Call, Conversation, Message } from '../../functions/src/calls/model.ts';
import { compareMessages, inOrder } from '../../functions/src/calls/reduce.ts';
import { instant } from '../../functions/src/calls/times.ts';
import { live } from '../../functions/src/paths.ts';
import { atOnce } from './network.ts';
import {
  allowedEnds,
  allowedUrgencies,
  type Expected,
  endsOf,
  expectedCalls,
  messagesOf,
} from './oracle.ts';
import { PRODUCTION, ZONE } from './parts.ts';
import { canonical } from './realtime-database.ts';
import type { World } from './world.ts';

type ArchivedCall = NonNullable<
  Awaited<ReturnType<ReturnType<typeof PRODUCTION.createArchive>['call']>>
>;

/** Reasons to bury a task: nothing durable ever held the beginning of its call. */
const BEYOND_REPAIR = new Set(['call_unknown', 'call_not_live_yet']);

/** One call as it was found when everything had come to rest. */
interface Found {
  id: string;
  expected: Expected;
  live: Call | null;
  liveWords: Conversation | null;
  tombstone: unknown;
  archived: ArchivedCall | undefined;
  words: readonly Message[];
  violate: (what: string) => void;
}

/** Everything that is wrong with a world that has come to rest; empty when nothing is. */
export async function violationsOf(world: World): Promise<string[]> {
  const { realtime, firestore, ledger, instances } = world;
  const violations = [...ledger.violations];
  const archive = PRODUCTION.createArchive(
    firestore.client(atOnce, () => false),
    ZONE,
  );
  const calls = expectedCalls(world);
  const spoken: string[] = [];
  for (const id of idsOf(world, calls)) {
    const conversation = conversationId(id);
    const liveWords = realtime.get(live.conversation(conversation)) as Conversation | null;
    const archivedWords = (await archive.conversation(conversation))?.messages;
    const found: Found = {
      id,
      expected: calls.get(id) ?? { started: [], certain: [], possible: [] },
      live: realtime.get(live.call(id)) as Call | null,
      liveWords,
      tombstone: realtime.get(live.tombstone(id)),
      archived: await archive.call(id),
      words: archivedWords ?? inOrder(liveWords?.messages ?? {}),
      violate: (what) => violations.push(`${id}: ${what}`),
    };
    spoken.push(
      ...found.words.map(({ content }) => content).filter((content) => content.startsWith('words')),
    );
    checkOnePlace(found);
    checkWords(found);
    checkEnd(found);
    checkFields(found);
  }
  for (const content of new Set(spoken.filter((words, index) => spoken.indexOf(words) !== index))) {
    violations.push(`I3: said once and stored twice: ${content}`);
  }
  for (const task of ledger.tasks) {
    if (task.state === 'waiting') violations.push('a task was never done');
    if (task.state === 'dead' && !BEYOND_REPAIR.has(task.reason ?? '')) {
      violations.push(`a task is among the dead letters: ${task.reason}`);
    }
  }
  for (const { host, pending } of instances) {
    if (pending().length)
      violations.push(`I2: ${host.name} still holds events that it did not send`);
  }
  return violations;
}

function idsOf({ realtime, firestore }: World, calls: Map<string, Expected>): Set<string> {
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
function checkOnePlace(found: Found): void {
  const { expected, live, liveWords, tombstone, archived, words, violate } = found;
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
function checkWords({ expected, words, violate }: Found): void {
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
  for (const { id, content } of words) {
    if (!offered.get(id)?.has(content)) violate(`nobody said ${content}`);
  }
  if (
    words.some((message, at) => at > 0 && compareMessages(words[at - 1] as Message, message) >= 0)
  ) {
    violate('out of order');
  }
}

/** An end that something held has been brought to its end: archived, nothing live (I5). */
function checkEnd({ expected, live, tombstone, violate }: Found): void {
  if (live?.status === 'ENDED') violate('ended, and still live');
  if (endsOf(expected.certain).length === 0) return;
  if (hasCertainStart(expected) && tombstone === null) violate('ended, and not archived');
}

function hasCertainStart({ certain }: Expected): boolean {
  return certain.some(({ type }) => type === 'call_started');
}

/** The fields of the call are the fold of its events. */
function checkFields({ expected, live, archived, words, violate }: Found): void {
  const call = archived ?? live;
  if (!call) return;
  const urgencies = allowedUrgencies(expected);
  const by = canonical(call.urgency_by);
  if (!urgencies.some(({ urgency }) => urgency === call.urgency)) {
    violate(`I5: urgency is ${call.urgency}, not ${urgencies.map(({ urgency }) => urgency)}`);
  } else if (!urgencies.some((allowed) => allowed.urgency === call.urgency && allowed.by === by)) {
    violate(`I5: urgency_by is ${by}, not ${urgencies.map((allowed) => allowed.by)}`);
  }
  checkLastMessage(expected, call.last_message_at, violate);
  if (archived) checkArchivedFields(expected, archived, words, violate);
}

function checkLastMessage(expected: Expected, found: string, violate: Found['violate']): void {
  const at = instant(found);
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

function checkArchivedFields(
  expected: Expected,
  archived: ArchivedCall,
  words: readonly Message[],
  violate: Found['violate'],
): void {
  const starts = expected.started.map((started) => instant(started.at));
  if (!starts.includes(instant(archived.started_at))) violate('started_at is nobody’s');
  if (expected.started[0]?.call_sid !== (archived.call_sid ?? undefined))
    violate('lost its CallSid');
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
  const missing = words.find(({ content }) => {
    const [, token] = /^words ([0-9]+ of call [0-9]+)/.exec(content) ?? [];
    return token?.split(' ').some((word) => word.length > 1 && !archived.search.includes(word));
  });
  if (missing) violate('words that a search does not find');
}
