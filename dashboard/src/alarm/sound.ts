import { createStore } from 'zustand/vanilla';

/**
 * The alarm's sound, made in the browser: no file to load that could be missing when it is needed. A
 * browser lets a page sound only after somebody has pressed something on it, so the alarm is armed by
 * hand; `blocked` says that it was, and is silent all the same.
 */
export type Sound = 'unarmed' | 'armed' | 'muted' | 'blocked';

export const sound = createStore<{ state: Sound }>(() => ({ state: 'unarmed' }));

let context: AudioContext | undefined;
let ringing: ReturnType<typeof setInterval> | undefined;

/** From a press of a button. Asks for notifications too, which show where the page does not. */
export async function arm(): Promise<void> {
  context ??= new AudioContext();
  context.onstatechange = check;
  await context.resume().catch(() => undefined);
  sound.setState({ state: context.state === 'running' ? 'armed' : 'blocked' });
  beep(0.05);
  if ('Notification' in window && Notification.permission === 'default') {
    await Notification.requestPermission().catch(() => undefined);
  }
}

export function mute(muted: boolean): void {
  if (sound.getState().state === 'unarmed') return;
  sound.setState({ state: muted ? 'muted' : 'armed' });
  if (!muted) check();
}

/** Rings until it is told to stop. */
export function ring(on: boolean): void {
  if (!on) {
    clearInterval(ringing);
    ringing = undefined;
    return;
  }
  if (ringing !== undefined) return;
  alarm();
  ringing = setInterval(alarm, 2_000);
}

function alarm(): void {
  check();
  if (sound.getState().state !== 'armed') return;
  beep(0.35);
}

function check(): void {
  const { state } = sound.getState();
  if (state === 'unarmed' || state === 'muted' || !context) return;
  sound.setState({ state: context.state === 'running' ? 'armed' : 'blocked' });
}

/** Two tones, hertz and seconds, that carry through a noisy room without a shriek. */
function beep(volume: number): void {
  if (context?.state !== 'running') return;
  const start = context.currentTime;
  for (const [frequency, at] of [
    [880, 0],
    [660, 0.28],
  ] as const) {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, start + at);
    gain.gain.linearRampToValueAtTime(volume, start + at + 0.02);
    gain.gain.linearRampToValueAtTime(0, start + at + 0.24);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start + at);
    oscillator.stop(start + at + 0.25);
  }
}
