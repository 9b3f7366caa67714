import { setOf } from './said.ts';

/**
 * The words by which callers say who is hurt and who cannot get out, in English, Hindi (both
 * scripts) and Spanish; the phrases are in the language of floor/phrases.ts.
 */

const ONE = `man woman worker person colleague coworker friend mate buddy operator guy boy girl lady fellow lad welder
  driver electrician technician fitter contractor employee cleaner supervisor boss foreman manager helper mechanic
  engineer partner brother father mother son wife husband daughter victim patient casualty labourer laborer visitor
  aadmi admi banda bhai mazdoor majdoor karmchari aurat ladka dost saathi sathi
  आदमी मजदूर बंदा भाई दोस्त साथी कर्मचारी औरत लड़का व्यक्ति
  hombre mujer persona trabajador trabajadora companero companera obrero amigo senor operario chofer conductor jefe`;
const MANY = `men women workers people persons colleagues coworkers friends mates operators guys boys girls fellows lads
  welders drivers technicians contractors employees cleaners victims patients visitors passengers folks labourers
  laborers casualties staff crew team them
  log logon logo mazdooron karmachari jan jane bande ladke
  लोग लोगों मजदूरों आदमियों जन बंदे लड़के
  hombres mujeres personas trabajadores companeros obreros heridos amigos operarios gente`;

export const ONE_PERSON = setOf(ONE);
export const MANY_PEOPLE = setOf(MANY);
export const PEOPLE = setOf(`${ONE} ${MANY}`);

/** Somebody, as a pronoun. */
export const ONE_MEANT = setOf(
  'he she him her his their uska uski uske usko use wo woh vah vo उसका उसे उसको वह वो el ella puede',
);
export const SELF = setOf(
  'i me myself main mai mujhe mera meri mere hum मैं मुझे मेरा मेरी मेरे yo puedo estoy',
);
/** Somebody, of whom nobody says that there is only one. */
export const SOMEBODY = setOf('someone somebody kisi koi kisiko किसी कोई alguien');
export const MANY_MEANT = setOf(
  'we us they several many lots kai sab hamare ham कई हम varios varias muchos podemos pueden estamos',
);

export const NOBODY = setOf('nobody none noone nadie ninguno ninguna ningun neither');
/** With a denial: "not anybody", "koi nahi". */
export const ANYBODY = setOf('anyone anybody any koi kisi kisiko कोई किसी kisi-ko');
export const DENIALS = setOf('not nahi nahin nhi nai naheen नहीं नही न never');
/** Deny what follows only before these: "no workers", "no injuries", "no hay heridos". */
export const DENIED_BY_NO = setOf(
  `${ONE} ${MANY} one body injured injuries injury hurt casualties trapped hay`,
);

/** Words between who it is and what happened to them. */
export const LINKS =
  setOf(`is are am was were be been being has have had got get getting gets badly seriously very still
  also now all both only just about around almost maybe perhaps the a an of my our your from with who that there here
  or nor and seems looks severely heavily lying down left inside
  ko ka ke ki ne hai hain ho gaya gaye gayi gyi gya raha rahe rahi tha the thi andar bahut buri tarah abhi bhi se mein me
  par wahan yahan lag lagi hi to
  को का के की ने है हैं हो गया गए गये गई रहा रहे रही अंदर में से भी अभी बहुत
  esta estan hay son ha han sido muy gravemente todavia aun que en se fue fueron quedo quedaron adentro`);

/** Count something else than people. */
export const UNITS =
  setOf(`minute minutes min mins hour hours day days week weeks month months year years second seconds
  time times meter meters metre metres foot feet inch inches floor floors percent degree degrees kg kilo kilos ton tons
  litre litres liter liters o'clock oclock am pm rupees dollars km bar volt volts
  minat ghante ghanta din baje baar mahine saal मिनट घंटे बजे दिन minutos horas dias metros veces`);

/** In one clause with these it happened long ago. */
export const LONG_AGO = setOf(
  'year years season winter summer summers yesterday childhood student skiing pichle ayer joven पिछले साल',
);

/** In one clause with these nobody knows. */
export const UNSURE = setOf(
  'know sure if whether unsure unknown unclear pata maloom malum पता मालूम agar yadi sabe',
);

/** Parts of a body, which are somebody's. */
const PART =
  `hand|hands|arm|arms|leg|legs|finger|fingers|thumb|foot|feet|toe|toes|head|face|eye|eyes|back|neck|wrist|
  ankle|knee|shoulder|chest|skin|ear|nose`.replace(/\s+/g, '');
const HINDI_PART =
  'haath|hath|pair|paer|ungli|ungliyan|aankh|aankhon|sir|sar|kandha|kamar|chehra|हाथ|पैर|उंगली|आंख|आंखों|सिर|कमर';

export const BODY_PARTS = setOf(
  `${PART}|${HINDI_PART}|mano|manos|brazo|pierna|pie|dedo|dedos|cabeza`.replaceAll('|', ' '),
);

/** Hurt, sick or dead. */
export const INJURED = `injured, hurt, hurts, bleeding, bleeds, wounded, burned, burnt, scalded, unconscious, concussed,
  passed out, knocked out|unconscious, fainted, collapsed, electrocuted, crushed, poisoned, choking, suffocating, dead,
  died, killed, dying, vomiting, casualt*, injur*, dizzy, fell|fallen from|off|down|into|in, feel|feeling sick|faint,
  can not breathe|move|see, chest pain, not breathing|moving|responding|waking|responsive, will not wake|move,
  does not respond|wake|move|breathe, did not wake, is|are|was|were|got in? shock, in pain, heart attack, having a? seizure|
  fit|stroke, hit by, struck by, run over, got|was|were|been hit|struck|shocked|gassed, man|men|worker|workers|people down,
  ghayal, ghaayal, zakhmi, jakhmi, chot, choten, behosh, khoon, mar gaya|gaye|gayi, jal gaya|gaye|gayi, jhulas*, karant|
  current laga|lag, saans nahi|nahin, gir gaya|gaye|gayi, kuchal*,
  घायल, जख्मी, चोट, बेहोश, खून, मर गया|गए|गई, जल गया|गए|गई, झुलस*, सांस नहीं, गिर गया|गए|गई,
  herid*, lesionad*, lastimad*, sangrando, sangra, inconsciente, inconscientes, quemad*, desmayad*, electrocutad*,
  accidentad*, muert*, golpead*, no respira|respiran|responde|reacciona|despierta`;

/** One of whom only a part of the body is named. */
export const INJURED_ONE = `cut|broke|broken|burned|burnt|burnt|crushed|hurt|injured|lost|smashed|twisted|sprained|fractured|
  scalded|jammed|severed my|his|her|your|a|the ${PART}|finger|fingers,
  my|his|her ${PART} is|are|was|got? bleeding|cut|broken|burned|burnt|burning|crushed|hurt|hurts|injured|swollen|gone|
  off|numb, something|dust|acid|chemical in my|his|her eye|eyes,
  mera|meri|mere|uska|uski|uske|haath|pair ${HINDI_PART} .. kat|jal|toot|tut|kuchal|khoon|chot,
  ${HINDI_PART} kat|jal|toot|tut|dab|phas|phans, मेरा|मेरी|मेरे|उसका|उसकी|उसके ${HINDI_PART} .. कट|जल|टूट|खून|चोट,
  me corte|queme|rompi|lastime|golpee|duele|cai, se corto|quemo|rompio|lastimo|golpeo|desmayo|desplomo`;

/** Can't get out, or get free. */
export const TRAPPED = `trapped, traped, stuck, pinned, buried, entangled, stranded, caught in|under|between|inside, locked in|
  inside, can not get|come|climb out, can not escape, unable to get|come out, could not get|come out, jammed in|under|between,
  phans*, phas gaya|gaye|gayi|gayen|hai|hain, phase, phasa, phase, daba, dabe, dabi, dab gaya|gaye|gayi, nikal nahi|nahin,
  bahar nahi|nahin, फंस*, दबा, दबे, दबी, दब गया|गए|गई, निकल नहीं, बाहर नहीं,
  atrapad*, encerrad*, aplastad*, sepultad*, no puede|pueden|podemos|puedo salir`;

/** Somebody is in there, and perhaps can come out. */
export const INSIDE = `inside, in there, still in, missing, unaccounted, left behind, andar, अंदर, dentro, adentro,
  desaparecid*`;

const ALL = 'everyone|everybody|all';
/** Nobody is hurt, without a word of hurting. */
export const NOBODY_INJURED = `${ALL} is|are? ok|okay|fine|safe|alright|good|well|unhurt|unharmed, all of us are? ok|okay|fine|
  safe|unhurt, we are all? ok|okay|fine|safe|unhurt|unharmed, no injur*, no casualt*, without injur*, no one|body hurt,
  sab|sabhi log? theek|thik|surakshit|safe|sahi, सब|सभी लोग? ठीक|सुरक्षित|सही,
  todos estan|estamos? bien|salvo, todos estan|estamos? a salvo, sin heridos|lesionados|lesiones`;
/** Nobody is in there. */
export const NOBODY_TRAPPED = `${ALL} is|are|has|have? been? got? out|outside|evacuated, ${ALL} of us are|got? out|outside,
  we are all out|outside, everyone|everybody came|made|got it? out, sab|sabhi log? bahar, सब|सभी लोग? बाहर,
  todos estan|estamos? fuera|afuera, todos salieron|salimos`;

/** Answers to "is anybody hurt?", where nothing else is said. */
export const NO = setOf(
  'no nobody none nope nahi nahin nhi nadie ninguno ninguna zero नहीं नही cero noone',
);
/** May stand beside "no" where it answers the question; beside other words it may mean anything. */
export const BESIDE_NO = setOf(
  'one body sir madam ji thank god thanks at all here i think koi hai hain कोई है हैं yahan gracias senor dios a',
);
export const YES = setOf('yes yeah yep haan han ha ji haanji हां हा जी si');
export const ONLY_ME = setOf('me myself i main mai sirf only just solo yo मैं mujhe');
export const SEVERAL = setOf(
  'several many lots lot few some kai bahut kuch varios varias muchos muchas algunos कई बहुत कुछ',
);
