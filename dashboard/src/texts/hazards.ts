import type { Language } from './language.ts';

/** Ids of the cards that come with Aurora, in Hindi. An id is English already: `gas-leak`. */
const hi: Record<string, string> = {
  accident: 'गंभीर दुर्घटना',
  'allergic-reaction': 'एलर्जी का दौरा',
  bleeding: 'ख़ून बहना',
  'breathing-difficulty': 'साँस लेने में तकलीफ़',
  burns: 'जलना',
  'cardiac-arrest': 'साँस या दिल बंद',
  'chemical-splash': 'रसायन के छींटे',
  choking: 'गला रुँधना',
  'confined-space': 'बंद जगह में बेहोश व्यक्ति',
  drowning: 'डूबना',
  earthquake: 'भूकंप',
  'electric-shock': 'बिजली का झटका',
  entrapment: 'मशीन में फँसना',
  evacuation: 'जगह ख़ाली कराना',
  explosion: 'विस्फोट',
  'eye-injury': 'आँख की चोट',
  fainting: 'चक्कर खाकर गिरना',
  fall: 'ऊँचाई से गिरना',
  fire: 'आग',
  'gas-leak': 'गैस रिसाव',
  'head-injury': 'सिर की चोट',
  'heart-attack': 'सीने में दर्द, दिल का दौरा',
  'heat-stroke': 'लू लगना',
  illness: 'तबीयत ख़राब',
  injury: 'चोट, मोच या हड्डी टूटना',
  'machine-stop': 'मशीन तुरंत रोकना',
  'missing-person': 'लापता व्यक्ति',
  poisoning: 'ज़हर',
  'power-failure': 'बिजली गुल',
  seizure: 'मिर्गी का दौरा',
  'self-harm': 'आत्महत्या या ख़ुद को चोट का विचार',
  'smoke-inhalation': 'धुआँ साँस में जाना',
  'snake-bite': 'साँप का काटना',
  spill: 'द्रव गिरना या रिसना',
  stroke: 'लकवा, दिमाग़ का दौरा',
  'structural-collapse': 'इमारत या ढाँचा गिरना',
  threat: 'धमकी, हिंसा या बम की चेतावनी',
  'toxic-release': 'ज़हरीली गैस या रसायन का रिसाव',
  unconscious: 'बेहोश व्यक्ति',
  'unsafe-equipment': 'असुरक्षित उपकरण',
  'vehicle-accident': 'वाहन दुर्घटना',
};

/** A card of a company's own has the words of its id in every language. */
export function hazardWords(id: string, language: Language): string {
  return (
    (language === 'hi' && Object.hasOwn(hi, id) ? hi[id] : undefined) ?? id.replaceAll('-', ' ')
  );
}
