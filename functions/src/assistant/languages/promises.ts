/**
 * Patterns of a promise that help or a person is coming, or was sent (I8). Word ends are those of
 * Unicode: \b knows Latin letters only. Each language's patterns are matched against every text.
 */

const start = '(?<![\\p{L}\\p{M}])';
const end = '(?![\\p{L}\\p{M}])';
const phrase = (body: string) => new RegExp(`${start}(?:${body})${end}`, 'iu');

const ENGLISH = [
  /\b(help|ambulance|doctor|medic|paramedics?|police|firefighters?|brigade|rescue\w*|team|supervisor|person|somebody|someone|they|he|she|we)( is| are|'s|'re)?( now| already)? (coming|arriving|en route)\b/i,
  /\b(help|ambulance|doctor|paramedics?|police|brigade|rescue\w*|team|supervisor|person|somebody|someone|they) (will|should|is going to|are going to) (come|arrive|be there|be with you|reach you)\b/i,
  /\bon (the|its|their|his|her|my) way (to you|now|here)\b/i,
  /\b(is|are|help|'s|'re) (already )?on (the|its|their|his|her) way\b/i,
  /\b(have|has|been|was|were|i) (sent|dispatched)\b/i,
  /\b(until|till|when|before|once) (the )?(help|ambulance|doctor|medics?|paramedics|police|fire (service|brigade|department)|rescuers?|professionals) (arrives?|comes?|gets? (here|there)|is there)\b/i,
];

/** Who or what would come. */
const HELPER =
  'मदद|सहायता|एम्बुलेंस|एंबुलेंस|ऐम्बुलेंस|डॉक्टर|पुलिस|दमकल|फायर ब्रिगेड|बचाव दल|टीम|सुपरवाइज़र|सुपरवाइजर|कोई|लोग|वे|वह|हम';
const HINDI = [
  // "मदद आ रही है", "एम्बुलेंस रास्ते में है", "कोई आएगा", "टीम पहुँच जाएगी"
  phrase(`(?:${HELPER})(?: \\S+){0,3}? (?:आ|पहुँच|पहुंच) (?:रहा|रही|रहे|जाएगा|जाएगी|जाएंगे|जाएँगे)`),
  phrase(
    `(?:${HELPER})(?: \\S+){0,3}? (?:आएगा|आएगी|आएंगे|आएँगे|आयेगा|आयेगी|आयेंगे|पहुँचेगा|पहुँचेगी|पहुँचेंगे|पहुंचेगा|पहुंचेगी|पहुंचेंगे)`,
  ),
  phrase(`(?:${HELPER})(?: \\S+){0,2}? (?:रास्ते में|निकल चुक[ाीे]|निकल गय[ाी]|निकल गए)`),
  // "मैंने दमकल भेज दी है", "टीम भेजी गई है", "मदद भेज रहा हूँ"
  phrase('(?:भेज (?:दिया|दी|दिए|रहा|रही|रहे|चुका|चुकी|चुके)|भेज[ाीे] (?:गया|गई|गए|है|हैं)|रवाना)(?: \\S+)?'),
  // "मदद आने तक", "एम्बुलेंस के पहुँचने तक", "जब तक मदद आए"
  phrase(`(?:${HELPER})(?: के)? (?:आने|पहुँचने|पहुंचने)(?: \\S+)? (?:तक|पर|से पहले)`),
  phrase(`जब तक (?:${HELPER})(?: न| नहीं)? (?:आए|आती|आता|आते|पहुँचे|पहुंचे|पहुँचती|पहुँचता)`),
];

const AYUDA =
  'ayuda|ambulancia|m[eé]dicos?|doctor(?:a|es)?|param[eé]dicos?|polic[ií]a|bomberos|brigada|rescat\\w*|equipo|supervisor(?:a|es)?|persona|alguien|ellos|socorro|auxilio';
const SPANISH = [
  // "la ayuda viene", "la ambulancia está llegando", "los bomberos llegarán"
  phrase(
    `(?:${AYUDA})(?: ya)? (?:viene|vienen|llega|llegan|va|van a (?:llegar|venir|ir)|va a (?:llegar|venir|ir)|vendr[aá]n?|llegar[aá]n?|ir[aá]n?|estar[aá]n?|acudir[aá]n?|acude|acuden)`,
  ),
  phrase(
    `(?:${AYUDA})(?: ya)? est[aá]n? (?:ya )?(?:en camino|de camino|viniendo|llegando|por llegar|en ruta)`,
  ),
  phrase('(?:va|van|ya|est[aá]n?|vienen?) (?:en|de) camino'),
  phrase('en camino (?:a usted|hacia usted|hacia ah[ií]|ahora)'),
  // "he enviado una ambulancia", "ha sido enviada", "le mando a alguien", "enviamos ayuda"
  phrase(
    '(?:he|hemos|ha|han|fue|fueron|ha sido|han sido) (?:enviad|mandad|despachad|avisad[oa]s? y )[oa]?s?',
  ),
  phrase(
    '(?:env[ií]o|enviamos|mando|mandamos|enviar[eé]|mandar[eé]|enviaremos) (?:a |una? |la |el |los )?(?:' +
      `${AYUDA})`,
  ),
  // "hasta que llegue la ayuda", "cuando vengan los bomberos", "antes de que llegue el médico"
  phrase(
    `(?:hasta|cuando|antes de)(?: que)? (?:lleguen?|vengan?|acudan?)(?= (?:\\S+ ){0,2}(?:${AYUDA})|\\s*(?:[.,;!]|$))`,
  ),
];

const PROMISES: readonly RegExp[] = [...ENGLISH, ...HINDI, ...SPANISH];

/** Whether words say that help or a person is coming, or will: I8 forbids it. */
export function promisesHelp(text: string): boolean {
  return PROMISES.some((pattern) => pattern.test(text));
}
