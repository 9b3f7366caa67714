import { createStore } from 'zustand/vanilla';

const KEY = 'aurora-telephone-muted';

interface Voice {
  isMuted: boolean;
  /** Languages in which this browser could not speak. */
  missing: readonly string[];
}

export const voiceState = createStore<Voice>(() => ({
  isMuted: localStorage.getItem(KEY) === 'yes',
  missing: [],
}));

/** Absent in some browsers: the words are shown as well. */
const synthesis = (): SpeechSynthesis | undefined => window.speechSynthesis;

/** Speaks what is heard on the telephone, each in its language. */
export const voice = {
  say(text: string, language: string): void {
    const speech = synthesis();
    if (!speech || voiceState.getState().isMuted) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    const voices = speech.getVoices();
    const own = voices.find(({ lang }) => sameLanguage(lang, language));
    if (own) utterance.voice = own;
    else if (voices.length > 0) missing(language);
    speech.speak(utterance);
  },
  stop(): void {
    synthesis()?.cancel();
  },
  mute(isMuted: boolean): void {
    localStorage.setItem(KEY, isMuted ? 'yes' : 'no');
    voiceState.setState({ isMuted });
    if (isMuted) voice.stop();
  },
};

/** Some systems write hi_IN. */
function sameLanguage(one: string, other: string): boolean {
  return one.split(/[-_]/)[0]?.toLowerCase() === other.split('-')[0]?.toLowerCase();
}

function missing(language: string): void {
  voiceState.setState((state) =>
    state.missing.includes(language) ? state : { missing: [...state.missing, language] },
  );
}
