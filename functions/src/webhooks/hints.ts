import { baseOf } from '../calls/language-tags.ts';

/** Words that a recognizer should expect, by language: at most 500 of at most 100 characters. */
const ENGLISH = [
  'fire',
  'gas leak',
  'smoke',
  'explosion',
  'ammonia',
  'chlorine',
  'electric shock',
  'unconscious',
  'not breathing',
  'bleeding',
  'trapped',
  'chemical splash',
  'spill',
  'evacuate',
  'heart attack',
  'crane',
  'boiler',
];

/** Hindi that is heard in the middle of Indian English, as its recognizer writes it. */
const HINDI_IN_ENGLISH = ['aag', 'dhuan', 'madad', 'bachao', 'jaldi', 'khoon', 'gas', 'behosh'];

const HINDI = [
  'आग',
  'आग लग गई',
  'धुआँ',
  'गैस लीक',
  'गैस रिसाव',
  'धमाका',
  'विस्फोट',
  'अमोनिया',
  'क्लोरीन',
  'करंट लगा',
  'बेहोश',
  'साँस नहीं',
  'खून',
  'फँस गया',
  'फँसा हुआ',
  'तेज़ाब',
  'केमिकल',
  'गिर गया',
  'मदद',
  'बचाओ',
  'दिल का दौरा',
  'मशीन',
  'बॉयलर',
];

const SPANISH = [
  'fuego',
  'incendio',
  'humo',
  'fuga de gas',
  'explosión',
  'amoníaco',
  'cloro',
  'descarga eléctrica',
  'inconsciente',
  'no respira',
  'sangre',
  'sangrando',
  'atrapado',
  'salpicadura química',
  'derrame',
  'evacuar',
  'infarto',
  'auxilio',
  'socorro',
  'ayuda',
];

const BY_LANGUAGE: Readonly<Record<string, readonly string[]>> = { hi: HINDI, es: SPANISH };

/** The hints for a Gather that listens for a language; English ones for a language without its own. */
export function hintsFor(language: string): string {
  const own = BY_LANGUAGE[baseOf(language)];
  if (own) return own.join(',');
  return (language === 'en-IN' ? [...ENGLISH, ...HINDI_IN_ENGLISH] : ENGLISH).join(',');
}
