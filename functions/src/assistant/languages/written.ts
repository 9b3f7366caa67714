import type { Wording } from './wording.ts';

type Replacements = readonly (readonly [RegExp, string])[];

/**
 * What is said of a telephone line, as it is written in a message. Only Aurora's own sentences are
 * changed: "press hard on the wound" stays what a manual says.
 */
const REPLACEMENTS: Readonly<Record<string, Replacements>> = {
  en: [
    [/\bPress (?=\d|\{)/g, 'Send '],
    [/\bpress (?=\d|\{)/g, 'send '],
    [/Stay on the line\./g, 'Keep your phone with you.'],
    [/This line stays open/g, 'You can write to me at any time'],
    [/\bthis call\b/g, 'this conversation'],
    [/you can hang up/g, 'you need not answer'],
    [/to hear the last words again/g, 'to get the last words again'],
    [/I will speak more slowly\./g, 'I will write less at a time.'],
  ],
  hi: [
    [/दबाएँ/g, 'भेजें'],
    [/लाइन पर बने रहें।/g, 'फ़ोन अपने पास रखें।'],
    [/यह लाइन खुली है/g, 'आप मुझे कभी भी लिख सकते हैं'],
    [/यह कॉल/g, 'यह बातचीत'],
    [/आप फ़ोन रख सकते हैं/g, 'आपको जवाब देने की ज़रूरत नहीं है'],
    [/पिछली बात फिर सुनने के लिए/g, 'पिछली बात फिर पाने के लिए'],
    [/मैं अब धीरे बोलूँगी।/g, 'मैं अब एक बार में कम लिखूँगी।'],
    [/मैं लाइन पर हूँ/g, 'मैं यहाँ हूँ'],
  ],
  es: [
    [/\bPulse (?=\d|\{)/g, 'Envíe '],
    [/\bpulse (?=\d|\{)/g, 'envíe '],
    [/No cuelgue\./g, 'Tenga el teléfono a mano.'],
    [/Esta línea sigue abierta/g, 'Puede escribirme en cualquier momento'],
    [/\besta llamada\b/g, 'esta conversación'],
    [/puede colgar/g, 'no hace falta que responda'],
    [/para oír otra vez lo último/g, 'para recibir otra vez lo último'],
    [/Hablaré más despacio\./g, 'Escribiré menos cada vez.'],
  ],
};

const made = new WeakMap<Wording, Wording>();

/** A language's sentences as they stand in a message to somebody who reads them. */
export function writtenWording(spoken: Wording): Wording {
  const known = made.get(spoken);
  if (known) return known;
  const written = changed(spoken, REPLACEMENTS[spoken.language] ?? []);
  made.set(spoken, written);
  return written;
}

function changed(wording: Wording, replacements: Replacements): Wording {
  const write = (text: string) =>
    replacements.reduce((words, [from, to]) => words.replace(from, to), text);
  const each = <T extends Readonly<Record<string, string | readonly string[]>>>(texts: T): T =>
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        name,
        typeof text === 'string' ? write(text) : text.map(write),
      ]),
    ) as unknown as T;
  return {
    ...wording,
    sentences: each(wording.sentences),
    variants: each(wording.variants),
    line: { ...wording.line, switched: write(wording.line.switched) },
  };
}
