import { CLASSES } from './lexicon.ts';
import { createPhraseBook } from './phrases.ts';
import { tokenize } from './words.ts';

/** Somebody hides, or must not be heard: a telephone that rings gives them away. */
const HIDING = createPhraseBook(
  [
    {
      value: true,
      phrases: `hiding, i|we hide, i am|was hidden, we are hidden, hid in|under|behind, locked myself|ourselves in, can|could|will|might|may hear me|us, do not call|ring me?, do not call back, must be quiet, have to whisper|be quiet, i am whispering, can not talk|speak loud|loudly|now
        chhup|chup|chhip|chip gaya|gayi|gaye|rahe|raha|rahi|kar|ke, chhupa|chhupi|chhupe|chupa|chupi|chupe|chhipa|chhipi|chhipe hua|hui|hue|hu|hun|hoon|hain|hai, vapas|wapas phone|call mat
        छिपा|छिपी|छिपे|छुपा|छुपी|छुपे, छिप|छुप गया|गई|गए|कर|के|रहे|रहा|रही, फोन|फ़ोन|कॉल मत, आवाज़|आवाज सुन लेगा|लेंगे
        escondido|escondida|escondidos|escondidas, me escondo|escondi, nos escondemos|escondimos, me|nos puede|pueden|va|van? a? oir|escuchar, no me llame|llames|llamen, no puedo hablar alto|fuerte|ahora`,
    },
  ],
  CLASSES,
);

export function speaksOfHiding(text: string): boolean {
  return HIDING.find(tokenize(text)).length > 0;
}
