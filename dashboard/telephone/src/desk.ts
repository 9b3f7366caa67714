import { createStore } from 'zustand/vanilla';
import type { Action, DeskEvent, Setup } from '../../../emulators/telephone-page/protocol.ts';
import { type DeskState, disconnected, NOTHING_YET, withEvent } from './desk-state.ts';
import { ask, RefusedError, readEvents } from './server.ts';
import { voice } from './voice.ts';

/** What is on this page's telephones. */
export const desk = createStore<DeskState & { setup?: Setup; refusal?: string }>(() => NOTHING_YET);

/** Milliseconds between two tries to reach the server. */
const PAUSE = 1_500;

/** Keeps the page connected for as long as it is open. */
export async function keepDesk(): Promise<never> {
  for (;;) {
    try {
      desk.setState({ setup: await ask('setup', {}) });
      await readEvents(happened);
    } catch (error) {
      if (error instanceof RefusedError) tell(error);
    }
    voice.stop();
    desk.setState(disconnected(desk.getState()));
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

function happened(event: DeskEvent): void {
  const state = withEvent(desk.getState(), event);
  desk.setState(state);
  if (event.type === 'desk') desk.setState({ refusal: undefined });
  if (event.type !== 'line' || event.line.kind !== 'heard') return;
  const { text, language } = event.line;
  voice.say(text, language ?? languageOf(state, event.call, text));
}

/** Of words that come without: those of another person in the call. */
function languageOf({ calls }: DeskState, id: string, text: string): string {
  if (/\p{Script=Devanagari}/u.test(text)) return 'hi-IN';
  return calls.find((call) => call.id === id)?.language ?? 'en-IN';
}

/** Does something at this desk; false where the server refused, which is told. */
async function attempt(doing: (desk: string) => Promise<unknown>): Promise<boolean> {
  try {
    await doing(desk.getState().desk ?? '');
    desk.setState({ refusal: undefined });
    return true;
  } catch (error) {
    tell(error);
    return false;
  }
}

function tell(error: unknown): void {
  desk.setState({ refusal: error instanceof Error ? error.message : String(error) });
}

export function placeCall(from: string, to: string): Promise<boolean> {
  voice.stop();
  return attempt((desk) => ask('call', { desk, from, to }));
}

/** In order. Whoever does something does not listen any longer. */
export async function act(call: string, ...actions: Action[]): Promise<boolean> {
  voice.stop();
  for (const action of actions) {
    if (!(await attempt((desk) => ask('act', { desk, call, action })))) return false;
  }
  return true;
}

export async function sendText(from: string, to: string, body: string): Promise<boolean> {
  desk.setState(withEvent(desk.getState(), { type: 'text', from, to, body }));
  return attempt((desk) => ask('text', { desk, from, to, body }));
}

export function plug(number: string, isIn: boolean): Promise<boolean> {
  return attempt((desk) => ask(isIn ? 'plug' : 'unplug', { desk, number }));
}
