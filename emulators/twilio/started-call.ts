import { type CallWatch, watchCall } from './call-watch.ts';
import type { Caller } from './caller.ts';
import { createHandset, type Handset } from './handset.ts';
import { type CallOptions, type CallResult, placeCall } from './telephone.ts';

/** A call to Aurora that is steered while it goes on. */
export interface StartedCall extends CallWatch, Omit<Handset, 'caller'> {
  readonly result: Promise<CallResult>;
  hangUp(): void;
}

export interface StartCallOptions extends Omit<CallOptions, 'caller' | 'signal'> {
  /** Does what the handset is told, unless another one is given. */
  readonly caller?: Caller;
}

/** As placeCall, which goes by a script. */
export function startCall(options: StartCallOptions): StartedCall {
  const { caller, ...handset } = createHandset();
  const over = new AbortController();
  const call = watchCall((onEvent) =>
    placeCall({
      caller,
      ...options,
      signal: over.signal,
      onEvent(event) {
        onEvent(event);
        options.onEvent?.(event);
      },
    }),
  );
  return { ...handset, ...call, hangUp: () => over.abort() };
}
