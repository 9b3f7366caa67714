import { maySee } from '../access/visibility.ts';
import { type CallView, viewConversation } from '../admin/views.ts';
import type { Message } from '../calls/model.ts';
import { sseEvent } from './sse.ts';
import { type Ahead, createTranscript, type Resumption } from './transcript.ts';
import type { Watcher } from './watcher.ts';

const NOT_FOUND = {
  code: 'not_found',
  message: 'There is no such call, or it is not one that you may see (any more).',
};
const UNAVAILABLE = {
  code: 'unavailable',
  message: 'What came of the call cannot be read yet. Open the stream again with the last id.',
};

/** Milliseconds after which clients ask again for what the archive did not have. */
const RETRY_LATER = 5_000;

/**
 * All who watch one conversation on this instance, and what they have been sent. Everybody who has
 * everything gets the same text, made once. Whoever may not (any more) see the call is closed before
 * anything of it is written (I6).
 */
export function createConversationAudience(conversationId: string, callId: string) {
  const transcript = createTranscript(conversationId);
  const watchers = new Map<Watcher, Ahead>();
  let archivedAt: string | null = null;
  let initial: { cursor: string; frame: Buffer } | undefined;

  /** Sends what the client lacks, and from then on what changes. */
  function join(watcher: Watcher, cursor: string | undefined): void {
    if (!lets(watcher)) return;
    const { stream } = watcher;
    const resumed = catchUp(watcher, cursor);
    if (resumed?.callChanged) stream.write(callFrame(transcript.cursorWith(resumed.ahead)));
    watchers.set(watcher, resumed?.ahead ?? new Map());
    const stopLooking = watcher.standing.onChange(() => void lets(watcher));
    stream.onClose(() => {
      watchers.delete(watcher);
      stopLooking();
    });
  }

  /** For a call that is over: what the client lacks, then the end. */
  function joinEnded(watcher: Watcher, cursor: string | undefined): void {
    if (!lets(watcher)) return;
    catchUp(watcher, cursor);
    watcher.stream.end(endFrame());
  }

  /** The messages that the client lacks: everything, where its cursor does not tell. */
  function catchUp({ stream }: Watcher, cursor: string | undefined): Resumption | undefined {
    const resumed = cursor === undefined ? undefined : transcript.resume(cursor);
    if (!resumed) {
      stream.write(initialFrame());
      return undefined;
    }
    const { missing: messages, call, ahead } = resumed;
    if (messages.length > 0) {
      stream.write(frame('new_messages', { messages }, transcript.cursorWith(ahead, call)));
    }
    return resumed;
  }

  function lets({ stream, standing }: Watcher): boolean {
    const { viewer, refusal } = standing.now() ?? {};
    if (viewer && maySee(viewer, transcript.call())) return stream.isOpen();
    stream.fail(refusal ?? NOT_FOUND);
    return false;
  }

  /** Takes messages in, and sends those that are new. */
  function say(arrived: readonly Message[]): void {
    const messages = transcript.take(arrived);
    if (messages.length === 0) return;
    const forAll = frame('new_messages', { messages }, transcript.cursor());
    for (const [{ stream }, ahead] of [...watchers]) {
      if (ahead.size === 0) {
        stream.write(forAll);
        continue;
      }
      const lacked = transcript.lackedBy(ahead, messages);
      if (lacked.length === 0) continue;
      stream.write(frame('new_messages', { messages: lacked }, transcript.cursorWith(ahead)));
    }
  }

  /** Takes the call's fields in, and sends them where they are others than before. */
  function show(view: CallView): void {
    if (!transcript.show(view)) return;
    const forAll = callFrame(transcript.cursor());
    for (const [watcher, ahead] of [...watchers]) {
      if (!lets(watcher)) continue;
      const own = ahead.size > 0 ? callFrame(transcript.cursorWith(ahead)) : forAll;
      watcher.stream.write(own);
    }
  }

  /** The call is over: sends what was not sent yet, then the end, which shows the call. */
  function end(view: CallView, messages: readonly Message[], at: string | null): void {
    transcript.show(view);
    archivedAt = at;
    for (const watcher of [...watchers.keys()]) lets(watcher);
    say(messages);
    const ended = endFrame();
    for (const { stream } of [...watchers.keys()]) stream.end(ended);
  }

  function fail({ stream }: Watcher): void {
    stream.fail(UNAVAILABLE, RETRY_LATER);
  }

  function initialFrame(): Buffer {
    const cursor = transcript.cursor();
    if (initial?.cursor !== cursor) {
      const messages = transcript.messages();
      const archived = { call_id: callId, messages, archived_at: '', total_messages: 0 };
      const conversation = {
        ...viewConversation(conversationId, callId, { live: undefined, archived }),
        archived_at: archivedAt,
      };
      initial = {
        cursor,
        frame: frame('initial', { call: transcript.call(), conversation }, cursor),
      };
    }
    return initial.frame;
  }

  const callFrame = (cursor: string) => frame('call', { call: transcript.call() }, cursor);
  const endFrame = () => frame('ended', { call: transcript.call() }, transcript.cursor());

  return {
    join,
    joinEnded,
    say,
    show,
    end,
    fail,
    failAll: () => [...watchers.keys()].forEach(fail),
    call: transcript.call,
    /** What is there at first, before anybody watches. */
    begin(view: CallView, messages: readonly Message[], at: string | null): void {
      transcript.take(messages);
      transcript.show(view);
      archivedAt = at;
    },
  };
}

function frame(event: string, data: unknown, id: string): Buffer {
  return Buffer.from(sseEvent({ id, event, data: JSON.stringify(data) }));
}
