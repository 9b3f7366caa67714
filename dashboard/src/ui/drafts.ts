import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { session } from '../session/session.ts';

/**
 * What somebody has typed and not sent yet. It outlives the field: a call that goes back to Aurora
 * while its supervisor signs in again, or a look at another call, loses no words.
 */
const drafts = createStore<Readonly<Record<string, string>>>(() => ({}));

session.subscribe(({ state }) => {
  if (state === 'signed_out') drafts.setState({}, true);
});

/** `key` names the field. Undefined where nothing was typed. */
export function useDraft(key: string): [string | undefined, (text: string | undefined) => void] {
  const typed = useStore(drafts, (all) => all[key]);
  return [typed, (text) => keep(key, text)];
}

function keep(key: string, text: string | undefined): void {
  const { [key]: _, ...others } = drafts.getState();
  drafts.setState(text === undefined ? others : { ...others, [key]: text }, true);
}
