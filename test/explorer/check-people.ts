import type { Call, Message, Owner } from '../../functions/src/calls/model.ts';
import { isHeld } from '../../functions/src/calls/owner.ts';
import { timelineId } from '../../functions/src/calls/timeline.ts';
import type { Answered, Ledger } from './ledger.ts';

/** Aurora's own words, as the scripted assistant makes them. */
export const AURORA_SPEAKS = /, says instance /;

/** What is known of one call when everything has come to rest. */
export interface Rested {
  id: string;
  call: Pick<Call, 'timeline' | 'heard_messages'>;
  words: readonly Message[];
  violate: (what: string) => void;
}

/**
 * One answer has one speaker: where the turn's own link says that a supervisor has the call, and they
 * have it all the while, Aurora says nothing.
 */
export function twoSpeakers({ answers, owners }: Ledger): string[] {
  return answers.flatMap((answer) => {
    const { link, to, document } = answer;
    const knew = link.heldUntil !== undefined && to < link.heldUntil * 1_000;
    if (!knew || !AURORA_SPEAKS.test(document)) return [];
    const history = owners.get(link.call) ?? [];
    return isHeldThroughout(history, answer)
      ? [
          `${link.call}: two speakers: Aurora answers while ${ownerAt(history, to)?.id} has the call`,
        ]
      : [];
  });
}

type History = readonly { from: number; owner: Owner | undefined }[];

function isHeldThroughout(history: History, { from, to }: Answered): boolean {
  const during = [
    ownerAt(history, from),
    ...history.filter((one) => one.from > from && one.from <= to).map(({ owner }) => owner),
  ];
  return during.every((owner) => owner !== undefined && isHeld({ owner }, to));
}

function ownerAt(history: History, at: number): Owner | undefined {
  return history.filter(({ from }) => from <= at).at(-1)?.owner;
}

/** What somebody was told is done, is done: the message is kept, the change of owner is told of. */
export function checkSupervisors({ id, call, words, violate }: Rested, ledger: Ledger): void {
  for (const { callId, message } of ledger.messages) {
    if (callId !== id) continue;
    const kept = words.filter(({ content }) => content === message.content);
    if (kept.length === 0) violate(`I2: lost: ${message.content}`);
    if (kept.length > 1) violate(`I3: kept twice: ${message.content}`);
    if (kept.some(({ role }) => role !== 'admin')) violate(`${message.content} is nobody’s`);
  }
  for (const { callId, owner } of ledger.owned) {
    const isFirst = owner.epoch === 0;
    if (callId !== id || isFirst) continue;
    const entry = call.timeline?.[timelineId('owner', owner.epoch)];
    if (!entry) violate(`the timeline does not tell of owner ${owner.epoch}`);
  }
  for (const messageId of Object.keys(call.heard_messages ?? {})) {
    const content = words.find((word) => word.id === messageId)?.content ?? messageId;
    if (!ledger.played.some(({ document }) => document.includes(content))) {
      violate(`counts as heard and was never played: ${content}`);
    }
  }
}
