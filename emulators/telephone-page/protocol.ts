/**
 * What the page of the telephone and its server say to each other. Each request is a POST of JSON to
 * `/telephone/api/<name>`; what happens comes over the stream that `events` opens. As long as that is
 * open, the page has a desk, and what the page does, it does at its desk.
 */
import { z } from 'zod';
import type { CallStatus } from '../twilio/parameters.ts';

/** The path beneath which everything of the page is. */
export const PAGE_PATH = '/telephone';

/** Twilio hands in what was said within a minute; nobody says more in one breath. */
const LONGEST_WORDS = 1_000;
/** As the networks take it, in segments. */
const LONGEST_TEXT = 1_600;
const MOST_KEYS = 32;

const number = z
  .string('Give a telephone number.')
  .regex(
    /^\+[1-9]\d{6,14}$/,
    'A telephone number begins with + and the country, such as +15550100001.',
  );
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'A language is a tag such as hi-IN.');
const desk = z.uuid('Open the stream of events first: it names the desk.');
const call = z.string().regex(/^CA[0-9a-f]{32}$/, 'Name the call as the stream of events does.');

const words = (longest: number) =>
  z.string().trim().min(1, 'Say something.').max(longest, `At most ${longest} characters at once.`);

/** What somebody does at a telephone. */
export const actionSchema = z.discriminatedUnion('do', [
  /** `language`: the one that is spoken, where it is not the one that the line listens for. */
  z.strictObject({
    do: z.literal('say'),
    words: words(LONGEST_WORDS),
    language: language.exactOptional(),
  }),
  z.strictObject({
    do: z.literal('press'),
    keys: z
      .string()
      .regex(/^[0-9*#]+$/, 'There are the keys 0 to 9, * and #.')
      .max(MOST_KEYS, `At most ${MOST_KEYS} keys at once.`),
  }),
  z.strictObject({ do: z.literal('keep-silent') }),
  z.strictObject({ do: z.literal('hang-up') }),
  /** Of a telephone that rings. */
  z.strictObject({ do: z.literal('answer') }),
  z.strictObject({ do: z.literal('decline') }),
]);
export type Action = z.infer<typeof actionSchema>;

/** The names of the requests, and what each must hold. */
export const REQUESTS = {
  /** Who can call, and whom. */
  setup: z.strictObject({}),
  /** Opens the desk. */
  events: z.strictObject({}),
  call: z.strictObject({
    desk,
    from: z.union([number, z.literal('anonymous')]),
    to: number,
  }),
  act: z.strictObject({ desk, call, action: actionSchema }),
  text: z.strictObject({ desk, from: number, to: number, body: words(LONGEST_TEXT) }),
  /** A telephone that rings when it is called, or none any more. */
  plug: z.strictObject({ desk, number }),
  unplug: z.strictObject({ desk, number }),
} as const;
export type RequestName = keyof typeof REQUESTS;
export type RequestOf<Name extends RequestName> = z.infer<(typeof REQUESTS)[Name]>;

/** Somebody of the demo and the telephone in their hand. */
export interface DemoPerson {
  readonly name: string;
  readonly number: string;
  readonly company: string;
  /** Of a worker: the number that they would dial. */
  readonly dials: string;
}

/** A number that can be dialled, and who answers there in which languages. */
export interface DemoNumber {
  readonly number: string;
  readonly company: string;
  readonly languages: readonly string[];
}

export interface DemoTelephones {
  readonly workers: readonly DemoPerson[];
  readonly supervisors: readonly DemoPerson[];
  readonly numbers: readonly DemoNumber[];
}

export interface Setup extends DemoTelephones {
  /** Where the control room is: an origin. */
  readonly controlRoom: string;
  /** Nobody of the demo has it. */
  readonly stranger: string;
}

/** What is heard or done in a call, in order. */
export type Line =
  /** By Aurora, or by another person in the call. */
  | { readonly kind: 'heard'; readonly text: string; readonly language?: string }
  /** `understood`: what the line made of it, where that is something else. */
  | { readonly kind: 'spoke'; readonly text: string; readonly understood?: string }
  | { readonly kind: 'pressed'; readonly keys: string }
  | { readonly kind: 'silent'; readonly seconds: number }
  /** The line did not listen for that. */
  | { readonly kind: 'unheard'; readonly reason: string }
  | { readonly kind: 'joined' | 'left' }
  | { readonly kind: 'failed'; readonly reason: string };

export type DeskEvent =
  | { readonly type: 'desk'; readonly desk: string }
  | {
      readonly type: 'call';
      readonly call: string;
      readonly direction: 'out' | 'in';
      readonly from: string;
      readonly to: string;
    }
  | { readonly type: 'status'; readonly call: string; readonly status: CallStatus }
  | { readonly type: 'line'; readonly call: string; readonly line: Line }
  /** The line listens: for this language, where it listens for words at all. */
  | { readonly type: 'listening'; readonly call: string; readonly language: string | null }
  | { readonly type: 'text'; readonly from: string; readonly to: string; readonly body: string };

/** Every refusal. */
export interface Refusal {
  readonly error: { readonly code: string; readonly message: string };
}
