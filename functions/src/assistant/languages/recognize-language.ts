/** Hindi in Latin letters: words that neither English nor Spanish has. */
const HINDI =
  'aag aadmi aage andar abhi bachao bahar baat bahut behosh bhai bhi bijli chot dard dhua dhuan gaya gayi gir gira giri hai hain hua hui humare humko jal jaldi kaise kahan karo karu karun kaun khatra khoon koi kripya kya lag laga lagi madad mai mein mera mere meri mujhe nahi nahin nikal nikalo paani pani phans phansa raha rahi rahe sahab toot toota turant tut yaha yahan';

/** Words that Spanish alone has, without their accents. */
const SPANISH =
  'aqui atrapado ayuda ayudenme calor caido caida companero como cuando desmayo donde duele electrica el emergencia en esta estan estamos estoy explosion fuego fuga hay herido herida heridos humo incendio la las los mano maquina mi muerto muy necesito nos nuestro para pero pierna por que quemado quemadura respira sangre sangrando socorro su tengo tenemos una';

/** What an English sentence is held together by; its nouns are everybody's on a plant floor. */
const ENGLISH =
  'am and are can cannot could did does has have he her his how i is it my not on our she should the there they this to us was we were what where who with you your';

const WORDS: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['hi', new Set(HINDI.split(' '))],
  ['es', new Set(SPANISH.split(' '))],
  ['en', new Set(ENGLISH.split(' '))],
];

/** Letters of its own that make a text Hindi, whatever else is in it. */
const MOST_LATIN = 2;
/** Words of a language that make a text one in that language. */
const ENOUGH = 2;
/** Alone they are a whole cry, and no other language's. */
const CRIES = new Set(['aag', 'bachao', 'madad', 'ayuda', 'ayudenme', 'socorro', 'fuego']);
/** Characters that are looked at: the language of a long text shows at its beginning. */
const LONGEST = 600;

/**
 * The language in which words are written, `en`, `hi` or `es`, by their script and by words of which
 * no two languages share one. Undefined where they don't tell: a place, a name, "ok".
 */
export function recognizeLanguage(text: string): string | undefined {
  const beginning = text.slice(0, LONGEST);
  if ((beginning.match(/\p{Script=Devanagari}/gu) ?? []).length > MOST_LATIN) return 'hi';
  const words = plain(beginning).match(/\p{L}+/gu) ?? [];
  const counted = WORDS.map(([language, known]) => {
    const found = words.filter((word) => known.has(word));
    return { language, count: found.length + found.filter((word) => CRIES.has(word)).length };
  }).sort((one, other) => other.count - one.count);
  const [first, second] = counted;
  const isSure = first && first.count >= ENOUGH && first.count > (second?.count ?? 0);
  return isSure ? first.language : undefined;
}

function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}
