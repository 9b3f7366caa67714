import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognizeLanguage } from './recognize-language.ts';

describe('the language of words', () => {
  it.each([
    ['यहाँ आग लगी है', 'hi'],
    ['hall 3 में gas leak', 'hi'],
    ['yahan aag lagi hai', 'hi'],
    ['bachao', 'hi'],
    ['mera haath machine mein phansa hai', 'hi'],
    ['hay un incendio en la nave', 'es'],
    ['mi compañero está atrapado', 'es'],
    ['¡Socorro!', 'es'],
    ['hay fuga de gas, hay humo', 'es'],
    ['there is a fire in the paint shop', 'en'],
    ['my hand is stuck', 'en'],
    ['fire in boiler room', undefined],
    ['gas leak', undefined],
    ['help', undefined],
    ['ok', undefined],
    ['Bay 4', undefined],
    ['', undefined],
  ])('of %j is %s', (text, language) => {
    expect(recognizeLanguage(text)).toBe(language);
  });

  it('is one of three or none, for anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['en', 'hi', 'es', undefined]).toContain(recognizeLanguage(text));
      }),
    );
  });

  it('does not hang on case or accents', () => {
    expect(recognizeLanguage('HAY UN HERIDO AQUI')).toBe('es');
    expect(recognizeLanguage('hay un herido aquí')).toBe('es');
  });
});
