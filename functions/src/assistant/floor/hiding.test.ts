import { describe, expect, it } from 'vitest';
import { speaksOfHiding } from './hiding.ts';

describe('somebody who hides', () => {
  it.each([
    'I am hiding in the store room',
    "we're hiding, please be quick",
    'I hid under the desk',
    'he will hear me',
    'they can hear us',
    "please don't call back",
    "I can't talk loud",
    'main chhup gaya hoon',
    'hum store mein chupe hue hain',
    'मैं छिपा हुआ हूँ',
    'मैं स्टोर में छिप गई हूँ',
    'estoy escondido en el almacén',
    'nos escondimos en el baño',
    'me puede oír',
  ])('is heard: %s', (text) => {
    expect(speaksOfHiding(text)).toBe(true);
  });

  it.each([
    'there is a fire in hall 3',
    'can you hear me',
    'the leak is behind the boiler',
    'my hand is bleeding, call an ambulance',
    'no puedo respirar',
    'आग लग गई है',
    'kya aap mujhe sun rahe hain',
  ])('is not: %s', (text) => {
    expect(speaksOfHiding(text)).toBe(false);
  });
});
