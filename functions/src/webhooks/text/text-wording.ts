import { withNumber } from '../../assistant/dialogue/wording.ts';
import { wordingFor } from '../../assistant/languages/wording.ts';
import { writtenWording } from '../../assistant/languages/written.ts';
import { baseOf } from '../../calls/language-tags.ts';

/** Sentences that only messages need. None promises that help or a person is coming (I8). */
interface TextWording {
  /** Media came with the message. */
  wordsOnly: string;
  stopped: string;
  notStopped: string;
  started: string;
  /** What carriers want to be told to whoever sends HELP. */
  about: string;
}

export const TEXT_WORDINGS: Readonly<Record<string, TextWording>> = {
  en: {
    wordsOnly: 'I read words only: I cannot see pictures or hear recordings.',
    stopped:
      'You will get no more messages from Aurora, except answers to what you write. Send START to get them again. In danger, write what has happened, or call {emergency_number}.',
    notStopped:
      'I could not note that. Please send STOP again. In danger, call {emergency_number}.',
    started:
      'You will get messages from Aurora again. If anything has happened, write what and where.',
    about:
      'Aurora is the automatic safety line of your workplace. Message and data rates may apply. Send STOP to get no more messages.',
  },
  hi: {
    wordsOnly: 'मैं केवल शब्द पढ़ती हूँ: मैं तस्वीरें नहीं देख सकती और रिकॉर्डिंग नहीं सुन सकती।',
    stopped:
      'अब ऑरोरा से आपको संदेश नहीं आएँगे, सिवाय आपके लिखे के जवाब के। फिर पाने के लिए START भेजें। खतरे में हों तो लिखें क्या हुआ है, या {emergency_number} पर कॉल करें।',
    notStopped: 'मैं यह दर्ज नहीं कर सकी। कृपया STOP फिर भेजें। खतरे में हों तो {emergency_number} पर कॉल करें।',
    started: 'अब ऑरोरा से आपको फिर संदेश आएँगे। कुछ हुआ हो तो लिखें क्या और कहाँ।',
    about:
      'ऑरोरा आपके कार्यस्थल की स्वचालित सुरक्षा लाइन है। संदेश और डेटा का शुल्क लग सकता है। संदेश बंद करने के लिए STOP भेजें।',
  },
  es: {
    wordsOnly: 'Solo leo palabras: no puedo ver fotos ni oír grabaciones.',
    stopped:
      'No recibirá más mensajes de Aurora, salvo respuestas a lo que escriba. Envíe START para recibirlos de nuevo. Si hay peligro, escriba qué ha pasado o llame al {emergency_number}.',
    notStopped:
      'No he podido anotarlo. Envíe STOP otra vez, por favor. Si hay peligro, llame al {emergency_number}.',
    started: 'Recibirá de nuevo mensajes de Aurora. Si ha pasado algo, escriba qué y dónde.',
    about:
      'Aurora es la línea de seguridad automática de su lugar de trabajo. Pueden aplicarse tarifas de mensajes y datos. Envíe STOP para no recibir más mensajes.',
  },
};

/** In a language; English where Aurora has none in it. */
export function textSentence(
  key: keyof TextWording,
  language: string,
  emergencyNumber: string,
): string {
  const wording = TEXT_WORDINGS[baseOf(language)] ?? (TEXT_WORDINGS.en as TextWording);
  return withNumber(wording[key], emergencyNumber);
}

/**
 * What a sender reads when all else has failed: nothing of it needs a database or a model, and all of
 * it is right in any danger.
 */
export function safeText(language: string, emergencyNumber: string): string {
  const { getAway, callNow, whatHappens } = writtenWording(wordingFor(language)).sentences;
  return withNumber([getAway, callNow, whatHappens].join('\n'), emergencyNumber);
}
