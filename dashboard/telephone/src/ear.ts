/** The browser's speech recognition, where it has one. Types of what is used: no library has them. */
interface Recognition {
  lang: string;
  interimResults: boolean;
  onresult: ((event: RecognitionEvent) => void) | null;
  onspeechstart: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  abort(): void;
}

interface RecognitionEvent {
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
}

interface Speaking {
  SpeechRecognition?: new () => Recognition;
  webkitSpeechRecognition?: new () => Recognition;
}

const recogniser = () => {
  const { SpeechRecognition, webkitSpeechRecognition } = window as unknown as Speaking;
  return SpeechRecognition ?? webkitSpeechRecognition;
};

export const canHear = () => recogniser() !== undefined;

/** Why nothing was understood, in the browser's own words for it. */
export type EarError = 'not-allowed' | 'no-speech' | 'network' | 'language-not-supported' | 'other';

export interface Listening {
  language: string;
  /** Somebody begins to speak. */
  onSpeech(): void;
  /** So far, and at the end all of it. */
  onWords(words: string, isFinal: boolean): void;
  onError(error: EarError): void;
  onEnd(): void;
}

/** Listens until a pause; the returned function ends it before. */
export function listen({ language, ...of }: Listening): () => void {
  const Recogniser = recogniser();
  if (!Recogniser) throw new Error('This browser has no speech recognition.');
  const ear = new Recogniser();
  ear.lang = language;
  ear.interimResults = true;
  ear.onspeechstart = of.onSpeech;
  ear.onresult = ({ results }) => {
    const all = Array.from(results);
    const words = all.map((each) => each[0]?.transcript ?? '').join('');
    of.onWords(
      words,
      all.every(({ isFinal }) => isFinal),
    );
  };
  ear.onerror = ({ error }) => {
    if (error !== 'aborted') of.onError(known(error));
  };
  ear.onend = of.onEnd;
  ear.start();
  return () => ear.abort();
}

function known(error: string): EarError {
  if (error === 'service-not-allowed' || error === 'audio-capture') return 'not-allowed';
  const names: readonly EarError[] = [
    'not-allowed',
    'no-speech',
    'network',
    'language-not-supported',
  ];
  return names.find((name) => name === error) ?? 'other';
}
