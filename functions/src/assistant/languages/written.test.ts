import { describe, expect, it } from 'vitest';
import { promisesHelp } from './promises.ts';
import { everySentence, WORDINGS } from './wording.ts';
import { writtenWording } from './written.ts';

describe.each(WORDINGS)('what is written in $language', (spoken) => {
  const written = writtenWording(spoken);
  const { line: _, ...sentences } = written;
  const texts = [
    ...Object.values(sentences.sentences),
    ...Object.values(sentences.variants).flat(),
  ];

  it('tells nobody to press a key, to hang up or to stay on a line', () => {
    const ofATelephone =
      /\b[Pp]ress \d|hang up|on the line|this line stays|दबाएँ|लाइन पर|लाइन खुली|\b[Pp]ulse \d|colgar|cuelgue|línea sigue/;
    expect(texts.filter((text) => ofATelephone.test(text))).toEqual([]);
  });

  it('promises no help (I8)', () => {
    expect(everySentence(written).filter(promisesHelp)).toEqual([]);
  });

  it('keeps all that is filled in', () => {
    const filled = (of: string[]) => of.flatMap((text) => text.match(/\{\w+\}/g) ?? []);
    expect(filled(everySentence(written))).toEqual(filled(everySentence(spoken)));
  });
});
