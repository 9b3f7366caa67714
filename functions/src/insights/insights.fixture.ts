import type { Firestore } from 'firebase-admin/firestore';
import { createArchive } from '../archive/archive.ts';
import { createRemove } from '../archive/remove.ts';
import { at, CALL_ID, CALL_SID } from '../calls/events.fixture.ts';
import { conversationId, messageId } from '../calls/ids.ts';
import type { CallEvent, CallStarted, Message } from '../calls/model.ts';
import type { Log } from '../log.ts';
import { stored } from '../paths.ts';
import { contributionOf } from './contribution.ts';
import { createCounting } from './counting.ts';
import { type Counts, plus, readCounts } from './counts.ts';
import { differences } from './tallies.ts';
import { createUncounted } from './uncounted.ts';

export const ZONE = 'Asia/Kolkata';
export const SILENT: Log = { info() {}, warn() {}, error() {}, alert() {} };

/** The archive and its counts over one Firestore. */
export function countsOver(firestore: Firestore, zone: { name: string } = { name: ZONE }) {
  const archive = createArchive(firestore, ZONE);
  const counting = createCounting({
    firestore,
    timeZoneOf: async () => zone.name,
    timeZone: ZONE,
    log: SILENT,
  });
  const { count } = counting;
  const sweep = createUncounted({ firestore, count, now: () => Date.now(), log: SILENT });
  return { firestore, archive, ...counting, sweep, remove: createRemove(firestore) };
}

/** Other for each number. */
export function callNumber(n: number): string {
  return CALL_ID.replace(/[0-9a-f]{6}$/, n.toString(16).padStart(6, '0'));
}

export function started(n: number, fields: Partial<CallStarted> = {}): CallStarted {
  const call_id = callNumber(n);
  return {
    type: 'call_started',
    call_id,
    conversation_id: conversationId(call_id),
    at: at(0),
    worker_id: 'unknown',
    mobile_no: '+15550100001',
    medium: 'Voice',
    company_id: 'demo',
    call_sid: CALL_SID,
    ...fields,
  };
}

/** The same event of another call. */
export function of(n: number, event: CallEvent): CallEvent {
  return { ...event, call_id: callNumber(n) } as CallEvent;
}

export function words(n: number, content: string, seconds = n): Message {
  return {
    id: messageId({ n, random: 'abcdef0123' }, 'user'),
    role: 'user',
    content,
    timestamp: at(seconds),
    sources: '',
  };
}

export function reply(
  n: number,
  grounding: Message['grounding'],
  { content = 'Get out.', seconds = n, ...fields }: Partial<Message> & { seconds?: number } = {},
): Message {
  return {
    id: messageId({ n, random: 'abcdef0123' }, 'assistant'),
    role: 'assistant',
    content,
    timestamp: at(seconds),
    sources: '',
    ...(grounding && { grounding }),
    ...fields,
  };
}

export function added(n: number, message: Message): CallEvent {
  return { type: 'message_added', call_id: callNumber(n), message };
}

/** All tallies that are not empty, by path, without zeros. */
export async function storedTallies(firestore: Firestore): Promise<Record<string, Counts>> {
  const { docs } = await firestore.collectionGroup('tallies').get();
  const known = docs.map((document) => [
    document.ref.path,
    plus({}, readCounts(document.get('counts'))),
  ]);
  return Object.fromEntries(known.filter(([, counts]) => Object.keys(counts as Counts).length > 0));
}

/** What the tallies should hold: each archived call is read and added, one after the other. */
export async function countedAnew(
  { firestore, archive }: ReturnType<typeof countsOver>,
  zoneOf: (callId: string) => string = () => ZONE,
): Promise<Record<string, Counts>> {
  const { docs } = await firestore.collection(stored.calls).get();
  const tallies: Record<string, Counts> = {};
  for (const { id } of docs) {
    const call = await archive.call(id);
    const conversation = await archive.conversation(conversationId(id));
    if (!call) continue;
    const contribution = contributionOf(call, conversation?.messages ?? [], zoneOf(id));
    for (const [path, counts] of differences(undefined, contribution)) {
      tallies[path] = plus(tallies[path] ?? {}, counts);
    }
  }
  return tallies;
}
