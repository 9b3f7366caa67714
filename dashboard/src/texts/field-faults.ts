import type { Language } from './language.ts';

/** What the API says of one field of a form, in Hindi: as it words it, with the numbers that it names. */
const HINDI: readonly [said: RegExp, told: string][] = [
  [/^must have 12 characters or more$/, 'में 12 या अधिक अक्षर होने चाहिए'],
  [/^must have 1024 characters or fewer$/, 'में 1024 से अधिक अक्षर नहीं हो सकते'],
  [/^must not be your e-mail address or your name$/, 'आपका ई-मेल पता या नाम नहीं हो सकता'],
  [/^must be a number with country code/, 'देश के कोड के साथ नंबर लिखें, जैसे +919812345678'],
  [
    /^must be one with country code/,
    'देश के कोड के साथ ऐसा नंबर लिखें जिससे फ़ोन किया जा सके, जैसे +919812345678',
  ],
  [/^must be digits only/, 'केवल अंक लिखें, जैसे 112 या +911234567890'],
  [/^must be the name of an IANA zone/, 'समय क्षेत्र का नाम लिखें, जैसे Asia/Kolkata'],
  [/^must be the six digits/, 'ऐप में दिख रहे छह अंक लिखें'],
  [/^must be HH:MM$/, 'समय HH:MM के रूप में लिखें'],
  [/^must be a date or an instant$/, 'तारीख़ या समय लिखें'],
  [/^must be of 2000 to 2099$/, '2000 से 2099 के बीच होना चाहिए'],
  [/^must look like en-IN/, 'भाषा en-IN या hi-IN के रूप में लिखें'],
  [/^must be a language such as en or hi/, 'भाषा en या hi के रूप में लिखें'],
  [/^must not hold control characters$/, 'इसमें अदृश्य नियंत्रण अक्षर हैं। उन्हें हटाएँ'],
  [/^must change something$/, 'कुछ बदलें'],
  [/^is no site of your company$/, 'आपकी कंपनी में ऐसा कोई स्थल नहीं है'],
  [/^lies before from$/, 'यह शुरू की तारीख़ से पहले है'],
  [/^is more than (\d+) days before to$/, 'अधिक से अधिक $1 दिन चुनें'],
  [/^Too small: expected string to have >=1 characters?$/, 'यह ज़रूरी है'],
  [/^Too small: expected string to have >=(\d+) characters$/, 'कम से कम $1 अक्षर लिखें'],
  [/^Too big: expected string to have <=(\d+) characters$/, 'अधिक से अधिक $1 अक्षर लिखें'],
  [/^Too small: expected (?:number|int) to be >=(-?[\d.]+)$/, 'कम से कम $1 होना चाहिए'],
  [/^Too big: expected (?:number|int) to be <=(-?[\d.]+)$/, 'अधिक से अधिक $1 हो सकता है'],
  [/^Too small: expected array to have >=(\d+) items?$/, 'कम से कम $1 चुनें'],
  [/^Too big: expected array to have <=(\d+) items?$/, 'अधिक से अधिक $1 चुनें'],
  [/^Invalid email address$/, 'ई-मेल पता सही नहीं है'],
  [/^Invalid input: expected \w+, received (?:undefined|null)$/, 'यह ज़रूरी है'],
  [/^Invalid (?:input|option|ISO|string)/, 'यह मान सही नहीं है'],
];

/** In the page's language, or as the API says it where nobody has words for it. */
export function fieldFault(said: string, language: Language): string {
  if (language === 'en') return said;
  for (const [pattern, told] of HINDI) {
    const match = pattern.exec(said);
    if (match) return told.replace('$1', match[1] ?? '');
  }
  return said;
}
