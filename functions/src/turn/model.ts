import type { Reply, Situation, Utterance } from '../assistant/assistant.ts';
import type { TurnToken } from '../calls/ids.ts';
import type { CallEvent, CallStarted, Heard } from '../calls/model.ts';
import type { CallState } from '../calls/reduce.ts';
import type { Reading } from './reading.ts';

/** Which turn of which call. */
export interface Opening {
  /** Rebuilt from the request and its link: each batch carries it, so each can start the call. */
  started: CallStarted;
  token: TurnToken;
}

/** One thing that happened on the line. */
export interface Turn extends Opening {
  /** Words or a key; undefined for silence. */
  utterance: Utterance | undefined;
  /** Silences in a row, this one included. */
  silences: number;
  /** Aurora's last reply, as the caller heard it. */
  heard?: Heard | undefined;
  situation: Situation;
  /**
   * Where instances can agree on a turn's one reply before it is told: resolves to the one that is
   * kept, perhaps another's. Never rejects. Absent where nobody could wait for it.
   */
  agree?: (reply: Reply) => Promise<Reply>;
  /** Supervisors' messages that the caller was told before this turn: they have heard them. */
  told?: readonly string[] | undefined;
  /** Whether a person has cut Aurora off, who takes up her words where the caller says nothing. */
  resumes?: boolean | undefined;
  /** Says who is heard, when Aurora has thought. Never rejects. Absent: Aurora is. */
  floor?: (made: Reply, live: Reading<CallState>) => Promise<Floor>;
  /** Whether somebody else speaks: what is said is recorded and judged, and gets no reply. */
  unanswered?: boolean;
  /** Aborts where nobody waits for the answer any more; what is said is recorded all the same. */
  signal?: AbortSignal | undefined;
}

/** Who is heard after a turn. */
export interface Floor {
  /** What Aurora says; absent where a person has the call: then only what she made of the words is kept. */
  reply?: Reply | undefined;
  /** What else there is to record. */
  events: CallEvent[];
}
